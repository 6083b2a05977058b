import type { Parameters } from "../../wire/parameters";

/** Accepted and ignored: the pages adapt to the space they have. */
export const displayValues: readonly string[] = ["page", "popup", "touch", "wap"];

/** OpenID Connect Core §3.1.2.1. An unknown preference is no reason to refuse a request. */
export function checkDisplay(parameters: Parameters): string | null {
  return displayValues.find((value) => value === parameters.get("display")) ?? null;
}
