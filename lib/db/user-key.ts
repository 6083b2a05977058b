import { withAsciiDomain } from "@/lib/email-address";

/**
 * The form in which usernames and e-mail addresses are stored for comparison: look-alikes folded, among them the
 * apostrophe that phones write, case ignored, and domains in ASCII.
 */
export function toUserKey(value: string): string {
  return withAsciiDomain(
    value
      .normalize("NFKC")
      .replace(/[\u2018\u2019]/g, "'")
      .toLowerCase(),
  );
}

/** Control characters, invisible formatting characters (zero-width, direction) and halves of surrogate pairs. */
const forbidden = /[\p{Cc}\p{Cf}\p{Cs}]/u;

/** No name may contain them. They are refused, not removed: otherwise one account would have endless spellings. */
export function hasForbiddenCharacter(typed: string): boolean {
  return forbidden.test(typed);
}

/** Far above the longest key that a username or an e-mail address can have. */
const maximumKeyLength = 1000;

/**
 * What someone typed as their name, as the key under which accounts are looked up and attempts are counted. Null if no
 * account can have such a name.
 */
export function toSignInKey(typed: string): string | null {
  if (hasForbiddenCharacter(typed)) return null;
  // Folding turns some characters into spaces, so it comes before trimming.
  const key = toUserKey(typed.normalize("NFKC").trim());
  return key === "" || key.length > maximumKeyLength ? null : key;
}
