import type { ApiDetails } from "@/lib/services/apis/get-api";

type TokenFormat = ApiDetails["tokenFormat"];

/** The names of the formats, and what they mean. */
export const tokenFormatTexts: Record<TokenFormat, { label: string; description: string }> = {
  opaque: {
    label: "Opaque",
    description:
      "A random string. The API asks this server about each token, so a revoked one is refused at once. Right for most APIs.",
  },
  jwt: {
    label: "JWT",
    description:
      "A signed token that the API verifies by itself. It accepts a revoked token until it expires, unless it asks this server.",
  },
};

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "10 hours", "5 minutes", "90 seconds": in the largest unit without a fraction. */
export function formatLifetime(seconds: number): string {
  const [name, size] = units.find(([, length]) => seconds % length === 0) ?? ["second", 1];
  const count = seconds / size;
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
