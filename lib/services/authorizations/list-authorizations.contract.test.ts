import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, systemContext, userActor } from "../context";
import { NotFoundError } from "../errors";
import { getAuthorization, listAuthorizations } from "./list-authorizations";

const prisma = getPrisma();
const suffix = randomUUID().replaceAll("-", "");
const start = Date.UTC(2026, 0, 1);
let context: ServiceContext;
let ids: string[] = [];

async function createUser(name: string): Promise<string> {
  const key = `${name}-${suffix}`;
  const user = { username: key, usernameKey: key, email: `${key}@a.example`, emailKey: `${key}@a.example` };
  return (await prisma.user.create({ data: user, select: { id: true } })).id;
}

/** 52 applications; all but the first with a consent, the first two with tokens. */
beforeAll(async () => {
  const [userId, otherId] = [await createUser("one"), await createUser("other")];
  context = { ...systemContext(), actor: userActor({ id: userId, portalRole: null }) };
  const created = await prisma.application.createManyAndReturn({
    data: Array.from({ length: 52 }, (_, index) => ({
      clientId: `${index}-${suffix}`,
      name: index === 3 ? "Payroll 100%" : `Program ${String(index).padStart(2, "0")}`,
      clientType: "public" as const,
      grantTypes: [],
      metadata: index === 4 ? { "client_name#de": "Zeiterfassung" } : {},
    })),
    select: { id: true, clientId: true },
  });
  const indexOf = ({ clientId }: { clientId: string }) => Number(clientId.split("-")[0]);
  ids = created.toSorted((a, b) => indexOf(a) - indexOf(b)).map(({ id }) => id);
  const consents = ids.slice(1).map((applicationId, index) => {
    const at = new Date(start + index * 60_000);
    return { userId, applicationId, scopes: ["read"], createdAt: at, updatedAt: at };
  });
  await prisma.consent.createMany({ data: consents });
  const [first = "", second = ""] = ids;
  const family = (applicationId: string, changes: object = {}) => ({
    id: randomUUID(),
    applicationId,
    userId,
    codeHash: randomUUID(),
    createdAt: new Date(start - 60_000),
    lastUsedAt: new Date(start + 86_400_000),
    expiresAt: new Date(Date.now() + 86_400_000),
    ...changes,
  });
  await prisma.tokenFamily.createMany({
    data: [
      family(first),
      family(first, { lastUsedAt: new Date(start + 90_000_000) }),
      family(second),
      family(ids[2] ?? "", { revokedAt: new Date() }),
      family(ids[2] ?? "", { userId: otherId }),
    ],
  });
  await prisma.applicationTranslation.create({
    data: { applicationId: ids[5] ?? "", locale: "de", text: "Auszahlungen" },
  });
});

afterAll(async () => {
  await prisma.application.deleteMany({ where: { clientId: { endsWith: suffix } } });
  await prisma.user.deleteMany({ where: { usernameKey: { endsWith: suffix } } });
  await prisma.$disconnect();
});

const idsOf = (list: Awaited<ReturnType<typeof listAuthorizations>>) =>
  list.authorizations.map(({ applicationId }) => applicationId);

describe("what a user has authorized", () => {
  test("is a row for each application, the last used first, page by page", async () => {
    const first = await listAuthorizations(context);
    expect(first.count).toEqual({ value: 52, exact: true });
    expect(idsOf(first).slice(0, 3)).toEqual([ids[0], ids[1], ids[51]]);
    expect(first.authorizations[0]).toMatchObject({
      hasLiveTokens: true,
      scopes: [],
      authorizedAt: new Date(start - 60_000),
      lastUsedAt: new Date(start + 90_000_000),
    });
    expect(first.authorizations[2]).toMatchObject({ hasLiveTokens: false, lastUsedAt: null });
    expect(first.authorizations[2]?.scopes.map(({ name }) => name)).toEqual(["read"]);
    const rest = await listAuthorizations(context, { after: first.next ?? "" });
    expect(idsOf(rest)).toEqual([ids[3], ids[2]]);
    expect(rest.next).toBeNull();
  });

  test("is sorted by name, as readers of a language have it, and by when it was authorized", async () => {
    expect(idsOf(await listAuthorizations(context, { sort: "name" }))[0]).toBe(ids[3]);
    expect(idsOf(await listAuthorizations(context, { sort: "name", locale: "de" })).slice(0, 2)).toEqual([
      ids[5],
      ids[3],
    ]);
    expect(idsOf(await listAuthorizations(context, { sort: "-name", locale: "de" }))[0]).toBe(ids[4]);
    expect(idsOf(await listAuthorizations(context, { sort: "authorized" }))[0]).toBe(ids[0]);
  });

  test.each([
    ["ayrol", undefined, [3]],
    ["PAY 0%", undefined, [3]],
    ["%", undefined, [3]],
    ["rogram 07", undefined, [7]],
    ["zahlung", undefined, []],
    ["zahlung", "de", [5]],
    ["program 05", "de", [5]],
    ["erfassung", "de", [4]],
    ["payroll program", undefined, []],
  ])("is searched in names: %j, for readers of %s", async (q, locale, found) => {
    expect(idsOf(await listAuthorizations(context, { q, locale }))).toEqual(found.map((index) => ids[index]));
  });

  test("is found by its application, and only by the user", async () => {
    const [applicationId = ""] = ids;
    expect((await getAuthorization(context, { applicationId })).applicationId).toBe(applicationId);
    const stranger = { ...context, actor: userActor({ id: await createUser("stranger"), portalRole: null }) };
    expect((await listAuthorizations(stranger)).authorizations).toEqual([]);
    for (const [who, id] of [
      [stranger, applicationId],
      [context, randomUUID()],
      [context, "x"],
    ] as const) {
      await expect(getAuthorization(who, { applicationId: id })).rejects.toThrow(NotFoundError);
    }
  });
});
