import type { Locale } from "./locales";
import type { Problem } from "./problem";
import { textsOf } from "./texts";

/** What is wrong, in words. */
export function describeProblem({ code, values }: Problem, locale: Locale): string {
  const [namespace = "", ...keys] = (code as string).split(".");
  const texts = textsOf(namespace as "problems", locale) as (key: string, values?: Problem["values"]) => string;
  return texts(keys.join("."), values);
}
