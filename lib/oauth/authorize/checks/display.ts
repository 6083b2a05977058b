import type { Parameters } from "../../wire/parameters";

/** Accepted and ignored: the pages adapt to the room they are given. */
export const displayValues: readonly string[] = ["page", "popup", "touch", "wap"];

/** OpenID Connect Core §3.1.2.1. A wish that isn't known is no reason to refuse anyone. */
export function checkDisplay(parameters: Parameters): string | null {
  return displayValues.find((value) => value === parameters.get("display")) ?? null;
}
