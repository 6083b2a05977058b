import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { toSessionState } from "./session-state";

const subject = { clientId: "a client", origin: "https://app.example", browserState: "signed in" };

test("OpenID Connect Session Management §2: the digest of client, origin, browser state and salt, then the salt", () => {
  const digest = createHash("sha256").update("a client https://app.example signed in pepper").digest("base64url");
  expect(toSessionState(subject, "pepper")).toBe(`${digest}.pepper`);
});

test("§4.1: without a space, and with another salt each time", () => {
  const states = Array.from({ length: 20 }, () => toSessionState(subject));
  expect(new Set(states).size).toBe(20);
  for (const state of states) expect(state).toMatch(/^[\w-]{43}\.[\w-]{22}$/);
});
