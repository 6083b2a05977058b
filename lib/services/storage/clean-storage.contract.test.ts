import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext } from "../context";
import { cleanStorage } from "./clean-storage";

const prisma = getPrisma();
const prefix = `cleaning-${randomUUID()}-`;
const day = 86_400_000;
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds);

let userId = "";
let applicationId = "";

beforeEach(async () => {
  const name = `${prefix}${randomUUID()}`;
  ({ id: userId } = await prisma.user.create({
    data: { username: name, usernameKey: name, email: name, emailKey: name },
  }));
  ({ id: applicationId } = await prisma.application.create({
    data: { clientId: name, name, clientType: "confidential", grantTypes: [] },
  }));
});

afterEach(async () => {
  await prisma.usedJti.deleteMany({ where: { keyHash: { startsWith: prefix } } });
  await prisma.application.delete({ where: { id: applicationId } });
  await prisma.user.delete({ where: { id: userId } });
});

const countJtis = () => prisma.usedJti.count({ where: { keyHash: { startsWith: prefix } } });

async function createFamily(expiresAt: Date): Promise<string> {
  const { id: familyId } = await prisma.tokenFamily.create({
    data: {
      id: randomUUID(),
      applicationId,
      userId,
      codeHash: randomUUID(),
      createdAt: fromNow(-day),
      lastUsedAt: fromNow(-day),
      expiresAt,
    },
  });
  const token = { familyId, scopes: [], createdAt: fromNow(-day), expiresAt };
  await prisma.refreshToken.create({ data: { ...token, tokenHash: randomUUID() } });
  await prisma.accessToken.create({ data: { ...token, applicationId, userId, tokenHash: randomUUID() } });
  return familyId;
}

test("expired rows are deleted, in more batches than one; others stay", async () => {
  await prisma.usedJti.createMany({
    data: Array.from({ length: 1203 }, (_, index) => ({
      keyHash: `${prefix}${index}`,
      expiresAt: index < 3 ? fromNow(60_000) : fromNow(-1000),
    })),
  });
  const deleted = await cleanStorage(systemContext(), { tables: ["used_jtis"] });
  expect(deleted.get("used_jtis")).toBeGreaterThanOrEqual(1200);
  expect(await countJtis()).toBe(3);
});

test("a pass continues until nothing is left, even beyond one turn of a table, and ends immediately when stopped", async () => {
  await prisma.usedJti.createMany({
    data: Array.from({ length: 12_000 }, (_, index) => ({
      keyHash: `${prefix}${index}`,
      expiresAt: fromNow(-day * 400),
    })),
  });
  await cleanStorage(systemContext(), { tables: ["used_jtis"], isStopped: () => true });
  expect(await countJtis()).toBe(12_000);
  await cleanStorage(systemContext(), { tables: ["used_jtis", "rate_limits"], gently: true });
  expect(await countJtis()).toBe(0);
});

test("a table that fills up faster than it is cleaned doesn't delay the others", async () => {
  const keyHash = `${prefix}another`;
  const refill = () =>
    prisma.usedJti.createMany({
      data: Array.from({ length: 500 }, () => ({
        keyHash: `${prefix}${randomUUID()}`,
        expiresAt: fromNow(-day * 400),
      })),
    });
  for (let batch = 0; batch < 21; batch++) await refill();
  await prisma.rateLimit.create({
    data: { keyHash, attempts: 1, windowStartedAt: fromNow(-day), expiresAt: fromNow(-1000) },
  });
  // It is stopped in the second turn of the first table: by then the second table has had its own.
  let batches = 0;
  await cleanStorage(systemContext(), { tables: ["used_jtis", "rate_limits"], isStopped: () => ++batches > 25 });
  expect(await prisma.rateLimit.findUnique({ where: { keyHash } })).toBeNull();
  await cleanStorage(systemContext(), { tables: ["used_jtis"] });
});

test("a device authorization is deleted minutes after it has ended", async () => {
  const device = (age: number) => ({
    deviceCodeHash: randomUUID(),
    userCodeHash: randomUUID(),
    applicationId,
    scopes: [],
    createdAt: fromNow(-day),
    expiresAt: fromNow(-age),
    pollingInterval: 5,
  });
  const [recent, old] = [device(5 * 60_000), device(11 * 60_000)];
  await prisma.deviceAuthorization.createMany({ data: [recent, old] });
  await cleanStorage(systemContext(), { tables: ["device_authorizations"] });
  const left = await prisma.deviceAuthorization.findMany({ where: { applicationId } });
  expect(left).toMatchObject([{ deviceCodeHash: recent.deviceCodeHash }]);
});

test("an unused application is deleted with everything that belongs to it, and the audit log keeps that for a while", async () => {
  const register = (expiresAt: Date | null) =>
    prisma.application.create({
      data: {
        clientId: `${prefix}${randomUUID()}`,
        name: "Registered by itself",
        clientType: "public",
        grantTypes: [],
        registrationSource: "dynamic",
        expiresAt,
        redirectUris: { create: { uri: "https://app.example/", position: 0 } },
      },
    });
  const [unused, waiting, used] = [await register(fromNow(-1000)), await register(fromNow(day)), await register(null)];
  await cleanStorage(systemContext(), { tables: ["applications"] });
  const ids = [unused.id, waiting.id, used.id];
  const left = await prisma.application.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const events = await prisma.auditEvent.findMany({ where: { applicationId: { in: ids } } });
  await prisma.application.deleteMany({ where: { id: { in: ids } } });
  await prisma.auditEvent.deleteMany({ where: { applicationId: { in: ids } } });
  expect(left.map(({ id }) => id).sort()).toEqual([waiting.id, used.id].sort());
  expect(events).toMatchObject([
    {
      type: "application.expired",
      applicationId: unused.id,
      details: { clientId: unused.clientId, source: "dynamic" },
    },
  ]);
  expect(events[0]?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 80 * day);
});

test("a logout token that couldn't be delivered in time is deleted with an audit event", async () => {
  const delivery = (age: number, lastProblem: string | null) => ({
    applicationId,
    uri: "https://app.example/logout",
    subject: "alice",
    attempts: 3,
    lastProblem,
    createdAt: fromNow(-2 * day),
    nextAttemptAt: fromNow(day),
    expiresAt: fromNow(-age),
  });
  const hour = 3_600_000;
  await prisma.logoutDelivery.createMany({
    data: [delivery(2 * hour, "status 500"), delivery(3 * hour, null), delivery(hour / 2, "status 500")],
  });
  await cleanStorage(systemContext(), { tables: ["logout_deliveries"] });
  expect(await prisma.logoutDelivery.count({ where: { applicationId } })).toBe(1);
  const events = await prisma.auditEvent.findMany({ where: { applicationId }, orderBy: { id: "asc" } });
  await prisma.auditEvent.deleteMany({ where: { applicationId } });
  const given = events.map(({ type, details, expiresAt }) => ({ type, details, expiresAt }));
  expect(given).toHaveLength(2);
  for (const reason of ["status 500", "not attempted in time"]) {
    expect(given).toContainEqual({ type: "logout.undelivered", details: { attempts: 3, reason }, expiresAt: null });
  }
});

test("an audit event is deleted only if it has an expiry", async () => {
  const event = (type: string, expiresAt: Date | null) => ({ type, applicationId, at: fromNow(-day), expiresAt });
  await prisma.auditEvent.createMany({
    data: [
      event("authorization.refused", fromNow(-1000)),
      event("authorization.refused", fromNow(day)),
      event("application.updated", null),
    ],
  });
  await cleanStorage(systemContext(), { tables: ["audit_events"] });
  const left = await prisma.auditEvent.findMany({ where: { applicationId }, orderBy: { type: "asc" } });
  await prisma.auditEvent.deleteMany({ where: { applicationId } });
  expect(left).toMatchObject([{ type: "application.updated" }, { type: "authorization.refused" }]);
});

test("a family is deleted with all its tokens, and only after it has ended", async () => {
  const [ended, living] = [await createFamily(fromNow(-1000)), await createFamily(fromNow(day))];
  await cleanStorage(systemContext(), { tables: ["access_tokens", "refresh_tokens", "token_families"] });
  expect(await prisma.tokenFamily.findUnique({ where: { id: ended } })).toBeNull();
  const kept = await prisma.tokenFamily.findUnique({
    where: { id: living },
    include: { accessTokens: true, refreshTokens: true },
  });
  expect(kept).toMatchObject({ accessTokens: [{ familyId: living }], refreshTokens: [{ familyId: living }] });
});

test("a used code is kept for another day", async () => {
  const code = (age: number) => ({
    codeHash: randomUUID(),
    applicationId,
    userId,
    redirectUri: "https://app.example/",
    redirectUriSent: true,
    scopes: [],
    createdAt: fromNow(-age),
    expiresAt: fromNow(-age),
    consumedAt: fromNow(-age),
  });
  const [recent, old] = [code(day - 60_000), code(day + 60_000)];
  await prisma.authorizationCode.createMany({ data: [recent, old] });
  await cleanStorage(systemContext(), { tables: ["authorization_codes"] });
  const left = await prisma.authorizationCode.findMany({ where: { applicationId }, select: { codeHash: true } });
  expect(left).toEqual([{ codeHash: recent.codeHash }]);
});

test("a row that another process is using is left alone, without waiting", async () => {
  const keyHash = `${prefix}locked`;
  await prisma.usedJti.create({ data: { keyHash, expiresAt: fromNow(-day * 400) } });
  await prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM used_jtis WHERE key_hash = ${keyHash} FOR UPDATE`;
    await cleanStorage(systemContext(), { tables: ["used_jtis"] });
  });
  expect(await countJtis()).toBe(1);
  await cleanStorage(systemContext(), { tables: ["used_jtis"] });
  expect(await countJtis()).toBe(0);
});

test("two concurrent passes delete each row once", async () => {
  await prisma.usedJti.createMany({
    data: Array.from({ length: 1000 }, (_, index) => ({ keyHash: `${prefix}${index}`, expiresAt: fromNow(-1000) })),
  });
  const before = await prisma.usedJti.count({ where: { expiresAt: { lt: new Date() } } });
  const passes = await Promise.all([1, 2].map(() => cleanStorage(systemContext(), { tables: ["used_jtis"] })));
  const total = passes.reduce((sum, deleted) => sum + (deleted.get("used_jtis") ?? 0), 0);
  expect(total).toBeGreaterThanOrEqual(1000);
  expect(total).toBeLessThanOrEqual(before + 10);
  expect(await countJtis()).toBe(0);
});
