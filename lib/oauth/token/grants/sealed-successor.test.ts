import { expect, test } from "vitest";
import { epoch } from "../../testing/defaults";
import { randomToken } from "../../wire/digest";
import { openSuccessor, sealSuccessor } from "./sealed-successor";

const successor = {
  accessToken: "access",
  idToken: null,
  refreshToken: "refresh",
  scopes: ["read"],
  expiresAt: epoch,
  dpopJkt: "jkt",
};

test("opens with the same token, and returns everything", () => {
  const token = randomToken();
  expect(openSuccessor(token, sealSuccessor(token, successor))).toEqual(successor);
});

test("opens with no other token, and not if a bit has changed", () => {
  const token = randomToken();
  const sealed = sealSuccessor(token, successor);
  expect(() => openSuccessor(randomToken(), sealed)).toThrow();
  const bytes = Buffer.from(sealed, "base64url");
  for (const position of [0, 12, 28, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[position] = (changed[position] ?? 0) ^ 1;
    expect(() => openSuccessor(token, changed.toString("base64url"))).toThrow();
  }
});

test("the same answer never looks the same twice", () => {
  const token = randomToken();
  expect(sealSuccessor(token, successor)).not.toBe(sealSuccessor(token, successor));
});
