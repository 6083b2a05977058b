import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toSid } from "@/lib/oauth/openid/session-id";
import { addSeconds } from "@/lib/oauth/ports/context";
import type { Prisma } from "../client";
import { getPrisma } from "../prisma";
import { endSessions, expireSessions } from "./end-sessions";

const prisma = getPrisma();
const now = new Date();
const idleSince = addSeconds(now, -3600);
const userIds: string[] = [];
let applicationId = "";

beforeAll(async () => {
  const name = randomUUID();
  ({ id: applicationId } = await prisma.application.create({
    data: {
      clientId: name,
      name,
      clientType: "confidential",
      grantTypes: [],
      backchannelLogoutUri: "https://app.example.test/logout",
    },
  }));
});

afterAll(async () => {
  await prisma.application.delete({ where: { id: applicationId } });
  await prisma.user.deleteMany({ where: { id: { in: userIds } } });
  await prisma.$disconnect();
});

class RollBack extends Error {}

/** Other tests have sessions and logout tokens in the same tables: each test here is rolled back. */
async function attempt<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  const results: T[] = [];
  const transaction = prisma.$transaction(async (tx) => {
    results.push(await work(tx));
    throw new RollBack();
  });
  await transaction.catch((error) => {
    if (!(error instanceof RollBack)) throw error;
  });
  return results[0] as T;
}

/** A session from which a user has signed in to the application; returns its id. */
async function createSession(
  values: Partial<Prisma.SessionUncheckedCreateInput> = {},
  { disabled = false } = {},
): Promise<string> {
  const name = randomUUID();
  const names = { username: name, usernameKey: name, email: name, emailKey: name };
  const { id: userId } = await prisma.user.create({ data: { ...names, disabledAt: disabled ? now : null } });
  userIds.push(userId);
  const times = { authenticatedAt: now, createdAt: now, lastSeenAt: now, expiresAt: addSeconds(now, 3600) };
  const { id } = await prisma.session.create({
    data: { userId, tokenHash: randomUUID(), ...times, participants: { create: { applicationId } }, ...values },
  });
  for (const endsWithSession of [true, false]) {
    const codeHash = randomUUID();
    const owner = { id: randomUUID(), applicationId, userId, sessionId: id, codeHash, endsWithSession };
    const lifetime = { createdAt: now, lastUsedAt: now, expiresAt: addSeconds(now, 3600) };
    await prisma.tokenFamily.create({ data: { ...owner, ...lifetime } });
  }
  return id;
}

/** The state of a session: whether it has ended, how many of its two families have, and the queued logout tokens. */
async function readEnd(tx: Prisma.TransactionClient, id: string) {
  const { endedAt } = await tx.session.findUniqueOrThrow({ where: { id } });
  const revoked = await tx.tokenFamily.findMany({ where: { sessionId: id, revokedAt: { not: null } } });
  const sid = toSid(id, applicationId);
  const told = await tx.logoutDelivery.count({ where: { applicationId, sid } });
  return { ended: endedAt !== null, revoked: revoked.map(({ endsWithSession }) => endsWithSession), told };
}

const all = { idleSince, limit: 10_000 };
const over = { ended: true, revoked: [true], told: 1 };
const goesOn = { ended: false, revoked: [], told: 0 };

test.each([
  ["past its lifetime", { expiresAt: now }, {}],
  ["not seen for too long", { lastSeenAt: idleSince }, {}],
  ["of somebody who was disabled", {}, { disabled: true }],
] as const)("a session %s is ended, its grants with it, and told of", async (_how, values, person) => {
  const id = await createSession(values, person);
  await attempt(async (tx) => {
    expect(await expireSessions(tx, all, now)).toContain(id);
    expect(await readEnd(tx, id)).toEqual(over);
    expect(await expireSessions(tx, all, now)).not.toContain(id);
    expect(await readEnd(tx, id)).toEqual(over);
  });
});

test("an active one is left alone, to the millisecond, and so is one that has ended", async () => {
  const nearly = { expiresAt: new Date(now.getTime() + 1), lastSeenAt: new Date(idleSince.getTime() + 1) };
  const [live, ended] = [await createSession(nearly), await createSession({ endedAt: idleSince, expiresAt: now })];
  await attempt(async (tx) => {
    const ids = await expireSessions(tx, all, now);
    expect(ids).not.toContain(live);
    expect(ids).not.toContain(ended);
    expect(await readEnd(tx, live)).toEqual(goesOn);
    expect(await readEnd(tx, ended)).toMatchObject({ revoked: [], told: 0 });
  });
});

test("processes skip sessions that another is working on, and take as many as requested", async () => {
  const ids = [await createSession({ expiresAt: now }), await createSession({ expiresAt: now })];
  await attempt(async (tx) => {
    const [taken] = await expireSessions(tx, { idleSince, limit: 1 }, now);
    const others = await attempt((other) => expireSessions(other, all, now));
    expect(others).not.toContain(taken);
    expect(others).toEqual(expect.arrayContaining(ids.filter((id) => id !== taken)));
  });
});

test("a pairwise application is notified with the subject that it knows, and each one once", async () => {
  const ids = [await createSession(), await createSession()];
  await attempt(async (tx) => {
    await tx.application.update({ where: { id: applicationId }, data: { subjectType: "pairwise" } });
    const { userId } = await tx.session.findUniqueOrThrow({ where: { id: ids[0] } });
    const pair = {
      userId,
      sector: `client ${(await tx.application.findUniqueOrThrow({ where: { id: applicationId } })).clientId}`,
    };
    const { subject } = await tx.pairwiseSubject.create({ data: pair });
    expect((await endSessions(tx, { id: { in: ids } }, now)).toSorted()).toEqual(ids.toSorted());
    const rows = await tx.logoutDelivery.findMany({ where: { applicationId } });
    expect(rows).toHaveLength(2);
    expect(rows.find(({ sid }) => sid === toSid(ids[0] ?? "", applicationId))?.subject).toBe(subject);
    expect(new Set([...rows.map((row) => row.subject), ...userIds]).size).toBe(2 + userIds.length);
  });
});
