/**
 * How strongly the user authenticated: at least by a password, in this session (ISO/IEC 29115
 * level 1).
 */
export const acrValues = ["1"] as const;
export type Acr = (typeof acrValues)[number];

/** The authentication context class that the methods reach (OpenID Connect Core §2); null if none is known. */
export function toAcr(amr: readonly string[]): Acr | null {
  return amr.length > 0 ? "1" : null;
}
