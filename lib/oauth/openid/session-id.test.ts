import { expect, test } from "vitest";
import { toSid } from "./session-id";

const [session, otherSession] = ["0198e1f2-0000-7000-8000-000000000001", "0198e1f2-0000-7000-8000-000000000002"];
const [application, otherApplication] = [
  "0198e1f2-0000-7000-8000-00000000000a",
  "0198e1f2-0000-7000-8000-00000000000b",
];

test("Back-Channel Logout §2.1: the same at every time for a session at an application", () => {
  expect(toSid(session, application)).toBe(toSid(session, application));
  expect(toSid(session, application)).toMatch(/^[\w-]{43}$/);
});

test("another for another session and for another application, which learn nothing from each other's", () => {
  const sids = [session, otherSession].flatMap((id) => [application, otherApplication].map((to) => toSid(id, to)));
  expect(new Set(sids).size).toBe(4);
  expect(toSid(session, application)).not.toBe(toSid(application, session));
  for (const sid of sids) expect(sid).not.toContain(session.slice(-4));
});
