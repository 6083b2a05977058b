import "server-only";
import { dictionary } from "@zxcvbn-ts/language-common";
import { problem } from "@/lib/messages/problem";

export const minimumPasswordLength = 8;
export const maximumPasswordLength = 128;

let common: Set<string> | undefined;

/**
 * What is wrong with a new password, as a sentence; null if nothing is. Checks length, guessability and that it can be
 * typed, without composition rules (NIST SP 800-63B §5.1.1.2, ASVS 6.2). `context` holds words that an attacker would
 * try first.
 */
export function findPasswordProblem(password: string, context: readonly string[]): string | null {
  // Forms and terminals accept none of these: the password could never be typed again.
  if (/\p{Cc}/u.test(password)) return problem("problems.password.control");
  const length = [...password].length;
  if (length < minimumPasswordLength) return problem("problems.password.short", { minimum: minimumPasswordLength });
  if (length > maximumPasswordLength) return problem("problems.password.long", { maximum: maximumPasswordLength });
  const folded = password.normalize("NFKC").toLowerCase();
  common ??= new Set(dictionary["passwords-common"] as string[]);
  if (common.has(folded) || /^(.)\1*$/u.test(folded)) return problem("problems.password.common");
  const words = [...context, ...context.map((word) => word.split("@")[0] ?? ""), "latchkey"];
  if (words.some((word) => word !== "" && word.toLowerCase() === folded)) {
    return problem("problems.password.personal");
  }
  return null;
}
