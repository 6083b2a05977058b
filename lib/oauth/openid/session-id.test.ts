import { expect, test } from "vitest";
import { takesSid, toSid } from "./session-id";

const [session, otherSession] = ["0198e1f2-0000-7000-8000-000000000001", "0198e1f2-0000-7000-8000-000000000002"];
const [application, otherApplication] = [
  "0198e1f2-0000-7000-8000-00000000000a",
  "0198e1f2-0000-7000-8000-00000000000b",
];

test("Back-Channel Logout §2.1: always the same for a session at an application", () => {
  expect(toSid(session, application)).toBe(toSid(session, application));
  expect(toSid(session, application)).toMatch(/^[\w-]{43}$/);
});

test("another for another session and for another application, so that they can't be compared", () => {
  const sids = [session, otherSession].flatMap((id) => [application, otherApplication].map((to) => toSid(id, to)));
  expect(new Set(sids).size).toBe(4);
  expect(toSid(session, application)).not.toBe(toSid(application, session));
  for (const sid of sids) expect(sid).not.toContain(session.slice(-4));
});

const none = {
  backchannelLogoutUri: null,
  frontchannelLogoutUri: null,
  postLogoutRedirectUris: [],
  allowedOrigins: [],
};
const uri = "https://app.example/";

test.each([
  ["without any of them", {}, false],
  ["back-channel logout", { backchannelLogoutUri: uri }, true],
  ["front-channel logout", { frontchannelLogoutUri: uri }, true],
  ["a logout that it starts itself", { postLogoutRedirectUris: [uri] }, true],
  ["scripts that watch the session", { allowedOrigins: [uri] }, true],
])(
  "Back-Channel Logout §2.1: sid is optional, and for clients that have a use for it: %s",
  (_name, values, expected) => {
    expect(takesSid({ ...none, ...values })).toBe(expected);
  },
);
