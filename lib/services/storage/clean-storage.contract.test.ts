import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
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

test("what has ended goes, in more batches than one; what has not stays", async () => {
  await prisma.usedJti.createMany({
    data: Array.from({ length: 1203 }, (_, index) => ({
      keyHash: `${prefix}${index}`,
      expiresAt: index < 3 ? fromNow(60_000) : fromNow(-1000),
    })),
  });
  const deleted = await cleanStorage({ tables: ["used_jtis"] });
  expect(deleted.get("used_jtis")).toBeGreaterThanOrEqual(1200);
  expect(await countJtis()).toBe(3);
});

test("a pass ends after the batches that it was given, and at once when it is stopped", async () => {
  await prisma.usedJti.createMany({
    data: Array.from({ length: 1100 }, (_, index) => ({
      keyHash: `${prefix}${index}`,
      expiresAt: fromNow(-day * 400),
    })),
  });
  await cleanStorage({ tables: ["used_jtis"], isStopped: () => true });
  expect(await countJtis()).toBe(1100);
  await cleanStorage({ tables: ["used_jtis"], maximumBatches: 1 });
  expect(await countJtis()).toBe(600);
});

test("a family goes with all its tokens, and only when it has ended", async () => {
  const [ended, living] = [await createFamily(fromNow(-1000)), await createFamily(fromNow(day))];
  await cleanStorage({ tables: ["access_tokens", "refresh_tokens", "token_families"] });
  expect(await prisma.tokenFamily.findUnique({ where: { id: ended } })).toBeNull();
  const kept = await prisma.tokenFamily.findUnique({
    where: { id: living },
    include: { accessTokens: true, refreshTokens: true },
  });
  expect(kept).toMatchObject({ accessTokens: [{ familyId: living }], refreshTokens: [{ familyId: living }] });
});

test("a used code is known for another day", async () => {
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
  await cleanStorage({ tables: ["authorization_codes"] });
  const left = await prisma.authorizationCode.findMany({ where: { applicationId }, select: { codeHash: true } });
  expect(left).toEqual([{ codeHash: recent.codeHash }]);
});

test("a row that somebody works on is left, and nobody waits", async () => {
  const keyHash = `${prefix}locked`;
  await prisma.usedJti.create({ data: { keyHash, expiresAt: fromNow(-day * 400) } });
  await prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM used_jtis WHERE key_hash = ${keyHash} FOR UPDATE`;
    await cleanStorage({ tables: ["used_jtis"] });
  });
  expect(await countJtis()).toBe(1);
  await cleanStorage({ tables: ["used_jtis"] });
  expect(await countJtis()).toBe(0);
});

test("two passes at once delete each row once", async () => {
  await prisma.usedJti.createMany({
    data: Array.from({ length: 1000 }, (_, index) => ({ keyHash: `${prefix}${index}`, expiresAt: fromNow(-1000) })),
  });
  const before = await prisma.usedJti.count({ where: { expiresAt: { lt: new Date() } } });
  const passes = await Promise.all([1, 2].map(() => cleanStorage({ tables: ["used_jtis"] })));
  const total = passes.reduce((sum, deleted) => sum + (deleted.get("used_jtis") ?? 0), 0);
  expect(total).toBeGreaterThanOrEqual(1000);
  expect(total).toBeLessThanOrEqual(before + 10);
  expect(await countJtis()).toBe(0);
});
