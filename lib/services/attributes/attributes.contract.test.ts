import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { currentSettings } from "@/lib/current-settings";
import { createPrismaStores } from "@/lib/db/oauth-store";
import { getPrisma } from "@/lib/db/prisma";
import { ForbiddenError, NotFoundError, ValidationError } from "../errors";
import { addUser, removeAll, signInAs, system } from "../users/testing/managed-users";
import { createAttribute, deleteAttribute, listAttributes, updateAttribute } from "./manage-attributes";
import { getUserAttributes, setUserAttributes } from "./user-attributes";

const prisma = getPrisma();
const { users } = createPrismaStores(prisma, currentSettings());
const prefix = `a-${randomUUID().slice(0, 8)}`;

afterAll(async () => {
  await prisma.userAttribute.deleteMany({ where: { name: { startsWith: prefix } } });
  await prisma.scope.deleteMany({ where: { name: { startsWith: prefix } } });
  await removeAll();
  await prisma.$disconnect();
});

async function addScope(): Promise<string> {
  const name = `${prefix}-${randomUUID()}`;
  await prisma.scope.create({ data: { name, description: name } });
  return name;
}

function definition(more: Partial<Parameters<typeof createAttribute>[1]> = {}) {
  const name = `${prefix} ${randomUUID()}`;
  return { name, type: "text" as const, userAccess: "none" as const, claimName: "", scopeName: "", ...more };
}

test("applications get a value as the claim of its scope, and of no other", async () => {
  const [scopeName, userId] = [await addScope(), await addUser()];
  const claimName = `${prefix}_number`;
  const { id } = await createAttribute(system, definition({ type: "number", claimName, scopeName }));
  expect(await users.findCustomClaims(userId, [scopeName])).toEqual({});
  const manager = await signInAs("user_manager");
  await setUserAttributes(manager, { id: userId, values: [{ attributeId: id, value: 7 }] });
  expect(await users.findCustomClaims(userId, ["openid", scopeName])).toEqual({ [claimName]: 7 });
  expect(await users.findCustomClaims(userId, ["openid", "profile"])).toEqual({});
  expect(await users.findCustomClaims(await addUser(), [scopeName])).toEqual({});
  const held = await getUserAttributes(manager, { id: userId });
  expect(held.find((attribute) => attribute.id === id)?.value).toBe(7);
  await setUserAttributes(manager, { id: userId, values: [{ attributeId: id, value: null }] });
  expect(await users.findCustomClaims(userId, [scopeName])).toEqual({});
  const events = await prisma.auditEvent.count({ where: { userId, type: "user.attributes_changed" } });
  expect(events).toBe(2);
});

test("a scope that is deleted leaves the attribute, which applications no longer get", async () => {
  const [scopeName, userId] = [await addScope(), await addUser()];
  const { id } = await createAttribute(system, definition({ claimName: `${prefix}_gone`, scopeName }));
  await setUserAttributes(system, { id: userId, values: [{ attributeId: id, value: "x" }] });
  await prisma.scope.delete({ where: { name: scopeName } });
  expect(await users.findCustomClaims(userId, [scopeName])).toEqual({});
  expect((await listAttributes(system)).find((attribute) => attribute.id === id)?.scopeName).toBeNull();
});

describe("what is refused", () => {
  test.each(["sub", "iss", "exp", "email", "name", "groups", "scope", "client_id", "acr", "nonce", "__proto__"])(
    "the claim %s, which specifications define",
    async (claimName) => {
      const input = definition({ claimName, scopeName: "profile" });
      await expect(createAttribute(system, input)).rejects.toThrow(ValidationError);
    },
  );

  test.each([
    ["a claim that can't be one", { claimName: "1 a", scopeName: "profile" }],
    ["a claim without a scope", { claimName: `${prefix}_x`, scopeName: "" }],
    ["a scope without a claim", { claimName: "", scopeName: "profile" }],
    ["a scope that isn't there", { claimName: `${prefix}_x`, scopeName: "nothing" }],
    ["a scope that is for no data", { claimName: `${prefix}_x`, scopeName: "openid" }],
    ["no name", { name: " " }],
  ])("%s", async (_what, more) => {
    await expect(createAttribute(system, definition(more))).rejects.toThrow(ValidationError);
  });

  test("a name or a claim that another attribute has", async () => {
    const [scopeName, claimName] = [await addScope(), `${prefix}_same`];
    const first = definition({ claimName, scopeName });
    await createAttribute(system, first);
    await expect(createAttribute(system, definition({ claimName, scopeName }))).rejects.toThrow(ValidationError);
    const { id } = await createAttribute(system, definition());
    const { type: _type, ...same } = definition({ name: first.name.toUpperCase() });
    await expect(updateAttribute(system, { id, ...same })).rejects.toThrow(ValidationError);
  });

  test("a value of another type, and an attribute that isn't there", async () => {
    const userId = await addUser();
    const { id } = await createAttribute(system, definition({ type: "list" }));
    const set = (value: string | string[] | number, attributeId = id) =>
      setUserAttributes(system, { id: userId, values: [{ attributeId, value }] });
    await set(["one", "two"]);
    await expect(set("one")).rejects.toThrow("Enter a list.");
    await expect(set(["x".repeat(201)])).rejects.toThrow("Use at most 200 characters.");
    await expect(set(["one"], randomUUID())).rejects.toThrow("This attribute doesn't exist.");
  });

  test("definitions by user managers, and users with a portal role", async () => {
    const manager = await signInAs("user_manager");
    await expect(createAttribute(manager, definition())).rejects.toThrow(ForbiddenError);
    expect(await listAttributes(manager)).toEqual(expect.any(Array));
    await expect(setUserAttributes(manager, { id: await addUser("auditor"), values: [] })).rejects.toThrow(
      ForbiddenError,
    );
  });
});

test("an attribute is deleted with its values", async () => {
  const userId = await addUser();
  const { id } = await createAttribute(system, definition());
  await setUserAttributes(system, { id: userId, values: [{ attributeId: id, value: "x" }] });
  await deleteAttribute(system, { id });
  expect(await prisma.userAttributeValue.count({ where: { userId } })).toBe(0);
  await expect(deleteAttribute(system, { id })).rejects.toThrow(NotFoundError);
  await expect(deleteAttribute(system, { id: "x" })).rejects.toThrow(NotFoundError);
});
