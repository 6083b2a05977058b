import { describe, expect, test } from "vitest";
import { digest } from "./digest";
import { isCodeChallenge, verifiesCodeChallenge } from "./pkce";

const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

describe("RFC 7636: proof key for code exchange", () => {
  test("Appendix B: the example", () => {
    expect(isCodeChallenge(challenge)).toBe(true);
    expect(verifiesCodeChallenge(verifier, challenge)).toBe(true);
  });

  test("§4.6: the comparison is exact", () => {
    expect(verifiesCodeChallenge(`${verifier.slice(0, -1)}K`, challenge)).toBe(false);
    expect(verifiesCodeChallenge(verifier.toLowerCase(), challenge)).toBe(false);
    expect(verifiesCodeChallenge(verifier, challenge.toLowerCase())).toBe(false);
    expect(verifiesCodeChallenge(verifier, `${challenge}=`)).toBe(false);
  });

  test("RFC 9700 §2.1.1: plain is not accepted, the challenge doesn't verify itself", () => {
    expect(verifiesCodeChallenge(challenge, challenge)).toBe(false);
  });

  test.each([
    ["43 characters, the fewest", "a".repeat(43)],
    ["128 characters, the most", "a".repeat(128)],
    ["every kind of character", `${"aZ09".repeat(10)}-._~`],
  ])("§4.1: a verifier of %s", (_, text) => {
    expect(verifiesCodeChallenge(text, digest(text))).toBe(true);
  });

  test.each([
    ["empty", ""],
    ["42 characters", "a".repeat(42)],
    ["129 characters", "a".repeat(129)],
    ["a space", `${"a".repeat(43)} b`],
    ["a plus sign", `${"a".repeat(43)}+`],
    ["a trailing line break", `${"a".repeat(43)}\n`],
    ["letters outside ASCII", "ä".repeat(43)],
    ["NUL", `${"a".repeat(43)}\0`],
  ])("§4.1: %s is no verifier, even where the digest fits", (_, text) => {
    expect(verifiesCodeChallenge(text, digest(text))).toBe(false);
  });

  test.each(["", challenge.slice(1), `${challenge}a`, `${challenge}=`, challenge.replace("-", "+"), `${challenge}\n`])(
    "§4.2: %j is not an S256 challenge",
    (text) => {
      expect(isCodeChallenge(text)).toBe(false);
    },
  );
});
