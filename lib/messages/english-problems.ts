import { createTranslator } from "use-intl/core";
import consoleFieldProblems from "@/messages/en/console-field-problems.json" with { type: "json" };
import consoleProblems from "@/messages/en/console-problems.json" with { type: "json" };
import fieldProblems from "@/messages/en/field-problems.json" with { type: "json" };
import problems from "@/messages/en/problems.json" with { type: "json" };
import type { ReadText } from "./problem";

const texts = { problems, fieldProblems, consoleProblems, consoleFieldProblems };

/** As they are written in JSON and in MessageFormat. */
const ascii: Record<string, string> = { "’": "''", "–": "-", "…": "...", "“": '\\"', "”": '\\"' };

const translate = createTranslator({
  locale: "en",
  messages: JSON.parse(JSON.stringify(texts).replace(/[’–…“”]/g, (sign) => ascii[sign] ?? sign)) as typeof texts,
  timeZone: "UTC",
  onError(error) {
    throw error;
  },
}) as (code: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Problems in English, for what programs and operators read: commands, logs and answers of the protocol, with the
 * punctuation of ASCII (RFC 6749 §5.2).
 */
export const inEnglish: ReadText = (file, key, values) => translate(`${file}.${key}`, values);
