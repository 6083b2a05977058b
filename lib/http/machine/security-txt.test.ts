import { expect, test } from "vitest";
import { renderSecurityTxt } from "./security-txt";

test("RFC 9116 §2.5: contact, an expiry within a year, languages and its own address", () => {
  const now = new Date("2026-11-26T00:00:00Z");
  expect(renderSecurityTxt("mailto:security@example.com", "https://id.example.com", now)).toBe(
    [
      "Contact: mailto:security@example.com",
      "Expires: 2027-02-24T00:00:00.000Z",
      "Preferred-Languages: en",
      "Canonical: https://id.example.com/.well-known/security.txt",
      "",
    ].join("\n"),
  );
});
