import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { currentSettings } from "@/lib/current-settings";
import { createPrismaStores } from "@/lib/db/oauth-store";
import { getPrisma } from "@/lib/db/prisma";
import { ForbiddenError, NotFoundError, ValidationError } from "../errors";
import { addUser, removeAll, signInAs, system } from "../users/testing/managed-users";
import { deleteAttribute, describeAttributeDeletion } from "./delete-attribute";
import { getAttribute, listAttributes } from "./list-attributes";
import { createAttribute, updateAttribute } from "./manage-attributes";
import { getOwnAttributes, setOwnAttributes } from "./own-attributes";
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

test("two people who save different sections of an attribute at the same moment both keep their change", async () => {
  const scopeName = await addScope();
  const { id, name } = await createAttribute(system, definition()).then(({ id }) => getAttribute(system, { id }));
  const claimName = `${prefix}_both`;
  await Promise.all([
    updateAttribute(system, { id, name: `${name} new` }),
    updateAttribute(system, { id, userAccess: "write" }),
    updateAttribute(system, { id, claimName, scopeName }),
  ]);
  const after = { name: `${name} new`, userAccess: "write", claimName, scopeName };
  expect(await getAttribute(system, { id })).toMatchObject(after);
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
    await expect(set("one")).rejects.toThrow("This value has the wrong type.");
    await expect(set(Array.from({ length: 51 }, () => "x"))).rejects.toThrow("Use at most 50 entries.");
    await expect(set(["x".repeat(201)])).rejects.toThrow("Use at most 200 characters.");
    await expect(set(["one"], randomUUID())).rejects.toThrow("The attribute was not found.");
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

test("the same value again changes nothing", async () => {
  const userId = await addUser();
  const { id } = await createAttribute(system, definition({ type: "list" }));
  const set = () => setUserAttributes(system, { id: userId, values: [{ attributeId: id, value: ["a", "b"] }] });
  await set();
  const { updatedAt } = await prisma.user.findUniqueOrThrow({ where: { id: userId } });
  await set();
  expect((await prisma.user.findUniqueOrThrow({ where: { id: userId } })).updatedAt).toEqual(updatedAt);
  expect(await prisma.auditEvent.count({ where: { userId, type: "user.attributes_changed" } })).toBe(1);
});

describe("one's own values", () => {
  test("are seen and changed as the attribute allows", async () => {
    const names = {
      hidden: definition(),
      seen: definition({ userAccess: "read" }),
      own: definition({ userAccess: "write" }),
    };
    const [hidden, seen, own] = [
      await createAttribute(system, names.hidden),
      await createAttribute(system, names.seen),
      await createAttribute(system, names.own),
    ];
    const user = await signInAs(null);
    const userId = user.actor?.kind === "user" ? user.actor.id : "";
    const attributeIds = [hidden.id, seen.id, own.id];
    const values = attributeIds.map((attributeId) => ({ attributeId, value: "by staff" }));
    await setUserAttributes(system, { id: userId, values });
    await setOwnAttributes(user, { values: [{ attributeId: own.id, value: "mine" }] });
    const found = (await getOwnAttributes(user)).filter(({ id }) => attributeIds.includes(id));
    expect(Object.fromEntries(found.map(({ id, value, changeable }) => [id, { value, changeable }]))).toEqual({
      [seen.id]: { value: "by staff", changeable: false },
      [own.id]: { value: "mine", changeable: true },
    });
    for (const { id } of [hidden, seen]) {
      const change = setOwnAttributes(user, { values: [{ attributeId: id, value: "mine" }] });
      await expect(change).rejects.toThrow("The attribute was not found.");
    }
    await setOwnAttributes(user, { values: [{ attributeId: own.id, value: null }] });
    const left = await prisma.userAttributeValue.findMany({ where: { userId }, select: { value: true } });
    expect(left).toEqual([{ value: "by staff" }, { value: "by staff" }]);
    const [event] = await prisma.auditEvent.findMany({ where: { userId, type: "profile.attributes_changed" } });
    expect(event?.details).toEqual({ attributes: [names.own.name] });
  });
});

test("an attribute is deleted with its values, after a look at the consequences", async () => {
  const userId = await addUser();
  const [scopeName, claimName] = [await addScope(), `${prefix}_deleted`];
  const { id } = await createAttribute(system, definition({ claimName, scopeName }));
  await setUserAttributes(system, { id: userId, values: [{ attributeId: id, value: "x" }] });
  expect((await getAttribute(system, { id })).users).toEqual({ value: 1, exact: true });
  expect(await describeAttributeDeletion(system, { id })).toMatchObject({
    claimName,
    users: { value: 1, exact: true },
    readers: { count: 0 },
  });
  await deleteAttribute(system, { id });
  expect(await prisma.userAttributeValue.count({ where: { userId } })).toBe(0);
  await expect(deleteAttribute(system, { id })).rejects.toThrow(NotFoundError);
  await expect(deleteAttribute(system, { id: "x" })).rejects.toThrow(NotFoundError);
  await expect(getAttribute(system, { id })).rejects.toThrow(NotFoundError);
  await expect(describeAttributeDeletion(system, { id })).rejects.toThrow(NotFoundError);
});
