import type { ApiDetails } from "@/lib/services/apis/get-api";

/** In the order in which the form offers them. */
export const tokenFormats = ["opaque", "jwt"] as const satisfies readonly ApiDetails["tokenFormat"][];

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "10 hours", "5 minutes", "90 seconds": in the largest unit without a fraction. */
export function formatLifetime(seconds: number, locale: string): string {
  const [unit, size] = units.find(([, length]) => seconds % length === 0) ?? ["second", 1];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size);
}
