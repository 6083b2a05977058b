import type { Texts } from "@/lib/messages/texts";

/** By days; 0 is never. */
const lifetimes = ["0", "30", "90", "365"] as const;

export function listSecretLifetimes(t: Texts<"credentials">): { value: string; label: string }[] {
  return lifetimes.map((value) => ({ value, label: t(`lifetimes.${value}`) }));
}
