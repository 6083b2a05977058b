import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { findSession } from "@/lib/auth/session-store";
import { currentSettings } from "@/lib/current-settings";
import * as auditLog from "@/lib/db/audit-log";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, userActor } from "../context";
import { completeSignIn, type Proofs } from "./complete-sign-in";
import { signOutSession } from "./sign-out-session";

const prisma = getPrisma();
const now = new Date("2026-01-01T12:00:00Z");
const browserId = "this browser";
const stranger: ServiceContext = { actor: null, ipAddress: "203.0.113.7", now: () => now, settings: currentSettings() };
const names: string[] = [];
let userId = "";
let proofs: Proofs;

beforeEach(async () => {
  ({ userId, proofs } = await createUser());
});

afterAll(async () => {
  await prisma.user.deleteMany({ where: { username: { in: names } } });
  await prisma.$disconnect();
});

async function createUser(): Promise<{ userId: string; proofs: Proofs }> {
  const name = randomUUID();
  names.push(name);
  const user = await prisma.user.create({
    data: { username: name, usernameKey: name, email: name, emailKey: name, password: { create: { hash: "a hash" } } },
    select: { id: true, password: { select: { generation: true } } },
  });
  const account = { userId: user.id, passwordGeneration: user.password?.generation ?? "" };
  return { userId: user.id, proofs: [{ method: "pwd", account }] };
}

function complete(proved: Proofs, previousId?: string) {
  const previous = previousId === undefined ? null : { id: previousId };
  return completeSignIn(stranger, proved, { browserId, findPreviousSession: async () => previous });
}

async function begin(): Promise<{ id: string; token: string }> {
  const signedIn = await complete(proofs);
  if (!signedIn) throw new Error("Nobody was signed in.");
  return signedIn.session;
}

const listEvents = () => prisma.auditEvent.findMany({ where: { userId }, orderBy: { id: "asc" } });

describe("a completed sign-in", () => {
  test("is a session that records how its user authenticated, with an audit event of that user", async () => {
    const { id, token } = await begin();
    expect(await findSession(token, browserId, now)).toMatchObject({ id, authenticatedAt: now, amr: ["pwd"] });
    expect(await listEvents()).toMatchObject([
      { type: "sign_in.succeeded", at: now, actorId: userId, ipAddress: "203.0.113.7", details: { sessionId: id } },
    ]);
  });

  test("fails if the password was changed since it was checked", async () => {
    await prisma.userPassword.update({ where: { userId }, data: { generation: randomUUID() } });
    expect(await complete(proofs)).toBeNull();
    expect(await prisma.session.count({ where: { userId } })).toBe(0);
    expect(await listEvents()).toEqual([]);
  });

  test("renews the token of the browser's session, and ends that of another user", async () => {
    const { id, token } = await begin();
    const again = await complete(proofs, id);
    expect(again?.session.id).toBe(id);
    expect(await findSession(token, browserId, now)).toBeNull();
    const other = await createUser();
    expect((await complete(other.proofs, id))?.session.id).not.toBe(id);
    expect(await findSession(again?.session.token ?? "", browserId, now)).toBeNull();
  });

  test("can't combine proofs of different users", async () => {
    const other = await createUser();
    await expect(complete([proofs[0], other.proofs[0]])).rejects.toThrow("different accounts");
  });
});

describe("signing out of a session", () => {
  const signOut = (sessionId: string) =>
    signOutSession({ ...stranger, actor: userActor({ id: userId, portalRole: null }), sessionId });

  test("ends it for every copy of the cookie (ASVS 7.4.1), and is recorded once", async () => {
    const { id, token } = await begin();
    await signOut(id);
    await signOut(id);
    expect(await findSession(token, browserId, now)).toBeNull();
    const events = await listEvents();
    expect(events.map(({ type }) => type)).toEqual(["sign_in.succeeded", "sign_out"]);
  });

  test("ends it, or doesn't, together with its audit event", async () => {
    const { id, token } = await begin();
    const fail = { record: () => Promise.reject(new Error("not recorded")) };
    const spy = vi.spyOn(auditLog, "createAuditLog").mockReturnValue(fail);
    await expect(signOut(id)).rejects.toThrow("not recorded");
    spy.mockRestore();
    expect(await findSession(token, browserId, now)).not.toBeNull();
  });
});
