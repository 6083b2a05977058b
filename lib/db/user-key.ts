/** The form in which usernames and e-mail addresses are stored for comparison: look-alikes folded, case ignored. */
export function toUserKey(value: string): string {
  return value.normalize("NFKC").toLowerCase();
}
