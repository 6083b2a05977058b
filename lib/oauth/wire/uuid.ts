/** As PostgreSQL writes it: for what is compared letter by letter, such as a `sub`. */
const canonical = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is a UUID, in any case: PostgreSQL answers anything else with an error instead of "no row". */
export function isUuid(text: string): boolean {
  return isCanonicalUuid(text.toLowerCase());
}

/** Whether a text is a UUID in the one spelling that this server gives out. */
export function isCanonicalUuid(text: string): boolean {
  return canonical.test(text);
}
