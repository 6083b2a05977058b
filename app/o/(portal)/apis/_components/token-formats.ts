import type { ApiDetails } from "@/lib/services/apis/get-api";

type TokenFormat = ApiDetails["tokenFormat"];

/** What the formats are called, and what choosing one means. */
export const tokenFormatTexts: Record<TokenFormat, { label: string; description: string }> = {
  opaque: {
    label: "Opaque",
    description:
      "A random string. The API asks this server about each token, so a revoked one is refused at once. Right for most.",
  },
  jwt: {
    label: "JWT",
    description:
      "A signed statement that the API checks by itself, without asking. That a token was revoked it only learns by asking; otherwise it accepts the token until it ends.",
  },
};

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "10 hours", "5 minutes", "90 seconds": in the greatest unit that needs no fraction. */
export function formatLifetime(seconds: number): string {
  const [name, size] = units.find(([, length]) => seconds % length === 0) ?? ["second", 1];
  const count = seconds / size;
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
