import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext } from "../context";
import { NotFoundError, ValidationError } from "../errors";
import { createScope } from "./create-scope";
import { deleteScope } from "./delete-scope";
import { getScope } from "./get-scope";
import { introspectionScope } from "./scope-schema";
import { updateScope } from "./update-scope";

const context = systemContext();
const prisma = getPrisma();
const suffix = randomUUID();
const clientIds: string[] = [];
let name = "";
let userId = "";

async function createApplication(allowedScopes: string[]): Promise<string> {
  const clientId = randomUUID();
  clientIds.push(clientId);
  const { id } = await prisma.application.create({
    data: { clientId, name: `App ${clientId}`, clientType: "confidential", grantTypes: [], allowedScopes },
    select: { id: true },
  });
  return id;
}

const allowedScopesOf = async (id: string) =>
  (await prisma.application.findUniqueOrThrow({ where: { id } })).allowedScopes;

beforeEach(async () => {
  name = `scope-${randomUUID()}`;
  await createScope(context, { name, description: "See it", isDefault: false, isRestricted: true });
});

afterEach(async () => {
  await prisma.application.deleteMany({ where: { clientId: { in: clientIds } } });
  await prisma.api.deleteMany({ where: { identifier: { contains: suffix } } });
  await prisma.user.deleteMany({ where: { id: userId || randomUUID() } });
  await prisma.scope.deleteMany({ where: { name } });
});

afterAll(() => prisma.$disconnect());

describe("deleting a scope", () => {
  test("removes its name from applications, APIs and consents, and nothing else", async () => {
    const [both, none] = [await createApplication(["read", name]), await createApplication(["read"])];
    const api = await prisma.api.create({
      data: { identifier: `https://${suffix}.example/`, name: "Orders", scopes: [name, "write"] },
    });
    const person = `scopes-${suffix}`;
    const emailKey = `${person}@a.example`;
    const user = { username: person, usernameKey: person, email: emailKey, emailKey };
    userId = (await prisma.user.create({ data: user, select: { id: true } })).id;
    const at = new Date();
    await prisma.consent.create({
      data: {
        userId,
        applicationId: both,
        scopes: ["read", name, `read ${api.id}`, `${name} ${api.id}`],
        createdAt: at,
        updatedAt: at,
      },
    });

    await deleteScope(context, { name });
    expect(await allowedScopesOf(both)).toEqual(["read"]);
    expect(await allowedScopesOf(none)).toEqual(["read"]);
    expect((await prisma.api.findUniqueOrThrow({ where: { id: api.id } })).scopes).toEqual(["write"]);
    expect((await prisma.consent.findFirstOrThrow({ where: { userId } })).scopes).toEqual(["read", `read ${api.id}`]);
    const event = await prisma.auditEvent.findFirstOrThrow({
      where: { type: "scope.deleted", details: { path: ["scope"], equals: name } },
    });
    expect(event.details).toMatchObject({ isRestricted: true, applications: 1, apis: 1 });
  });

  test("never leaves an application with an empty list, which would mean every unrestricted scope", async () => {
    const application = await createApplication([name]);
    const { dependents } = await getScope(context, { name });
    expect([dependents.count, dependents.first.map(({ id }) => id)]).toEqual([1, [application]]);
    await expect(deleteScope(context, { name })).rejects.toThrow(ValidationError);
    expect(await allowedScopesOf(application)).toEqual([name]);
    expect(await prisma.scope.count({ where: { name } })).toBe(1);
  });

  test("is refused for the introspection scope, and for one that doesn't exist", async () => {
    await expect(deleteScope(context, { name: introspectionScope })).rejects.toThrow(ValidationError);
    expect(await prisma.scope.count({ where: { name: introspectionScope } })).toBe(1);
    await expect(deleteScope(context, { name: `${name}-not` })).rejects.toThrow(NotFoundError);
    await expect(deleteScope(context, { name: "a\0b" })).rejects.toThrow(NotFoundError);
  });
});

describe("changing a scope", () => {
  test("records before and after in the audit log", async () => {
    const after = { description: "See more", isDefault: true, isRestricted: false };
    await updateScope(context, { ...after, name });
    expect(await prisma.scope.findUnique({ where: { name } })).toEqual({ name, ...after });
    const event = await prisma.auditEvent.findFirstOrThrow({
      where: { type: "scope.updated", details: { path: ["scope"], equals: name } },
    });
    expect(event.details).toEqual({
      scope: name,
      before: { description: "See it", isDefault: false, isRestricted: true },
      after,
    });
  });

  test("the introspection scope stays restricted and never becomes a default", async () => {
    const description = "Ask this server about access tokens";
    for (const access of [
      { isDefault: true, isRestricted: true },
      { isDefault: false, isRestricted: false },
    ]) {
      await expect(updateScope(context, { name: introspectionScope, description, ...access })).rejects.toThrow(
        ValidationError,
      );
    }
    expect(await prisma.scope.findUnique({ where: { name: introspectionScope } })).toMatchObject({
      isDefault: false,
      isRestricted: true,
    });
  });

  test("a name can be taken only once", async () => {
    const again = createScope(context, { name, description: "Again", isDefault: false, isRestricted: false });
    await expect(again).rejects.toMatchObject({ fieldErrors: { name: ["A scope with this name already exists."] } });
  });
});

describe("where a scope is used", () => {
  test("it is the only default if no other one is left", async () => {
    await updateScope(context, { name, description: "See it", isDefault: true, isRestricted: false });
    expect((await getScope(context, { name })).isOnlyDefault).toBe(false);
    const others = { isDefault: true, name: { not: name } };
    const before = await prisma.scope.findMany({ where: others });
    await prisma.scope.updateMany({ where: others, data: { isDefault: false } });
    // Tests of other files create and remove default scopes at the same time.
    await vi.waitFor(async () => expect((await getScope(context, { name })).isOnlyDefault).toBe(true), {
      timeout: 5_000,
    });
    await prisma.scope.updateMany({
      where: { name: { in: before.map((scope) => scope.name) } },
      data: { isDefault: true },
    });
  });
});
