import type { Texts } from "@/lib/messages/texts";

/** A number of members, of which a large one isn't exact: "10,000+". */
export function describeCount(t: Texts<"groups">, { value, exact }: { value: number; exact: boolean }): string {
  return t(exact ? "number" : "atLeast", { value });
}
