import type { Texts } from "@/lib/messages/texts";

/** A number of users, of which a large one isn't exact: "10,000+". */
export function describeHolders(t: Texts<"attributes">, { value, exact }: { value: number; exact: boolean }): string {
  return t(exact ? "number" : "atLeast", { value });
}
