import type { Locale } from "./locales";
import type { ProblemFile, ProblemValues, ReadText } from "./problem";
import { textsOf } from "./texts";

/** Problems in the language that is closest to `locale`. */
export function problemsIn(locale: Locale): ReadText {
  return (file: ProblemFile, key: string, values?: ProblemValues) => {
    const texts = textsOf(file, locale) as (key: string, values?: ProblemValues) => string;
    return texts(key, values);
  };
}
