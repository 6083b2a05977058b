import { digest, equalDigests } from "./digest";

/** RFC 7636 §4.2: an S256 challenge is a SHA-256 digest in base64url, 43 characters. */
const challengePattern = /^[A-Za-z0-9_-]{43}$/;
/** RFC 7636 §4.1. */
const verifierPattern = /^[A-Za-z0-9._~-]{43,128}$/;

export function isCodeChallenge(value: string): boolean {
  return challengePattern.test(value);
}

/** RFC 7636 §4.6, S256 only: `plain` would show the verifier to anyone who reads the request (RFC 9700 §2.1.1). */
export function verifiesCodeChallenge(verifier: string, challenge: string): boolean {
  return verifierPattern.test(verifier) && equalDigests(digest(verifier), challenge);
}
