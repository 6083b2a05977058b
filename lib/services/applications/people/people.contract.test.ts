import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { userActor } from "../../context";
import { ForbiddenError, NotFoundError } from "../../errors";
import { revokeUserApplication } from "../../users/manage/user-applications";
import { addApplication, addUser, removeAll, signInAs, system } from "../../users/testing/managed-users";
import { getApplicationHealth } from "../health/get-application-health";
import { countApplicationPeople, listApplicationPeople } from "./list-people";

const prisma = getPrisma();

afterAll(async () => {
  await removeAll();
  await prisma.$disconnect();
});

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

async function allow(applicationId: string, userId: string, scopes: string[], createdAt = ago(60)): Promise<void> {
  await prisma.consent.create({ data: { applicationId, userId, scopes, createdAt, updatedAt: createdAt } });
}

async function signIn(applicationId: string, userId: string, createdAt: Date, more: object = {}): Promise<void> {
  const id = randomUUID();
  const times = { createdAt, lastUsedAt: createdAt, expiresAt: ago(-60) };
  await prisma.tokenFamily.create({ data: { id, applicationId, userId, codeHash: id, ...times, ...more } });
}

describe("the people of an application", () => {
  test("are those who allowed it something or whose tokens it holds, each once", async () => {
    const [id, other] = [await addApplication(), await addApplication()];
    const [both, trusted, former, gone, elsewhere] = await Promise.all([1, 2, 3, 4, 5].map(() => addUser()));
    const used = ago(5);
    await allow(id, both as string, ["read", "read https://api.example", "openid"]);
    await signIn(id, both as string, ago(30));
    await signIn(id, both as string, used);
    await signIn(id, trusted as string, ago(90));
    await allow(id, former as string, ["openid"]);
    await signIn(id, former as string, ago(99), { revokedAt: ago(9) });
    await signIn(id, gone as string, ago(99), { expiresAt: ago(1) });
    await allow(other, elsewhere as string, ["openid"]);
    const { people, count } = await listApplicationPeople(system, { id, sort: "since" });
    expect(count).toEqual({ value: 3, exact: true });
    expect(people.map((person) => person.id).slice(0, 1)).toEqual([trusted]);
    expect(people.map((person) => person.id).toSorted()).toEqual([both, trusted, former].toSorted());
    const of = (userId?: string) => people.find((person) => person.id === userId);
    expect(of(both)).toMatchObject({ scopes: ["read", "openid"], lastTokenAt: used });
    expect(of(trusted)).toMatchObject({ scopes: [], revocable: true });
    expect(of(former)?.lastTokenAt).toBeNull();
    const username = of(trusted)?.username ?? "";
    expect((await listApplicationPeople(system, { id, q: username })).people).toHaveLength(1);
    expect((await listApplicationPeople(system, { id: other, q: username })).people).toEqual([]);
  });

  test("are named only to those who may see users; the owner learns how many they are", async () => {
    const ownerId = await addUser();
    const id = await addApplication(ownerId);
    await allow(id, await addUser(), ["openid"]);
    const owner = { ...system, actor: userActor({ id: ownerId, portalRole: null }) };
    await expect(listApplicationPeople(owner, { id })).rejects.toThrow(ForbiddenError);
    expect(await countApplicationPeople(owner, { id })).toEqual({ value: 1, exact: true });
    const manager = await signInAs("application_manager");
    await expect(listApplicationPeople(manager, { id })).rejects.toThrow(ForbiddenError);
    expect((await countApplicationPeople(manager, { id })).value).toBe(1);
    expect((await listApplicationPeople(await signInAs("auditor"), { id })).people).toHaveLength(1);
    // They see users, but no application of others.
    await expect(listApplicationPeople(await signInAs("user_manager"), { id })).rejects.toThrow(NotFoundError);
    await expect(countApplicationPeople(await signInAs(null), { id })).rejects.toThrow(NotFoundError);
  });

  test("one whose access was revoked is no longer one of them, and the others stay", async () => {
    const id = await addApplication();
    const [one, other] = [await addUser(), await addUser()];
    for (const userId of [one, other]) {
      await allow(id, userId, ["openid"]);
      await signIn(id, userId, ago(5));
    }
    await revokeUserApplication(await signInAs("administrator"), { id: one, applicationId: id });
    expect((await listApplicationPeople(system, { id })).people.map((person) => person.id)).toEqual([other]);
    const where = { applicationId: id, revokedAt: { not: null } };
    expect(await prisma.tokenFamily.findMany({ where, select: { userId: true } })).toEqual([{ userId: one }]);
    const event = { applicationId: id, userId: one, type: "authorization.withdrawn" };
    expect(await prisma.auditEvent.count({ where: event })).toBe(1);
  });
});

describe("the health of an application", () => {
  test("says when it was last used, and how many sign-ins were refused lately", async () => {
    const id = await addApplication();
    const [userId, at] = [await addUser(), ago(3)];
    expect(await getApplicationHealth(system, { id })).toMatchObject({ lastSignInAt: null, lastTokenAt: null });
    await signIn(id, userId, ago(50));
    await signIn(id, userId, at);
    const token = { tokenHash: randomUUID(), applicationId: id, userId, scopes: [], createdAt: ago(1) };
    await prisma.accessToken.create({ data: { ...token, expiresAt: ago(-9) } });
    const refused = { type: "authorization.refused", applicationId: id };
    await prisma.auditEvent.createMany({
      data: [
        { ...refused, at: ago(1) },
        { ...refused, at: ago(9 * 24 * 60) },
        { type: "authorization.approved", applicationId: id, at: ago(1) },
      ],
    });
    const health = await getApplicationHealth(system, { id });
    expect(health).toMatchObject({ lastSignInAt: at, lastTokenAt: token.createdAt });
    expect(health.findings).toContainEqual({ code: "refusedSignIns", severity: "warning", values: { count: 1 } });
    await prisma.auditEvent.deleteMany({ where: { applicationId: id } });
  });

  test("says that its owner is disabled, and is told to no stranger", async () => {
    const ownerId = await addUser();
    const id = await addApplication(ownerId);
    const codes = async () => (await getApplicationHealth(system, { id })).findings.map(({ code }) => code);
    expect(await codes()).not.toContain("ownerDisabled");
    await prisma.user.update({ where: { id: ownerId }, data: { disabledAt: new Date() } });
    expect(await codes()).toContain("ownerDisabled");
    await expect(getApplicationHealth(await signInAs(null), { id })).rejects.toThrow(NotFoundError);
  });
});
