import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { introspectionScope } from "@/lib/oauth/scope/scope";
import { NotFoundError, ValidationError } from "../errors";
import { addUser, removeAll, system } from "../users/testing/managed-users";
import { deleteAttribute } from "./delete-attribute";
import { createAttribute, updateAttribute } from "./manage-attributes";
import { setUserAttributes } from "./user-attributes";

const prisma = getPrisma();
const prefix = `d-${randomUUID().slice(0, 8)}`;

afterAll(async () => {
  await prisma.userAttribute.deleteMany({ where: { name: { startsWith: prefix } } });
  await removeAll();
  await prisma.$disconnect();
});

function definition() {
  const name = `${prefix} ${randomUUID()}`;
  return { name, type: "text" as const, userAccess: "none" as const, claimName: "", scopeName: "" };
}

test("what happens to an attribute that is deleted at the same moment happened before, or is refused", async () => {
  const users = await Promise.all(Array.from({ length: 4 }, () => addUser()));
  for (let round = 0; round < 15; round++) {
    const input = definition();
    const { id: attributeId } = await createAttribute(system, input);
    const store = (value: string) => (id: string) =>
      setUserAttributes(system, { id, values: [{ attributeId, value }] });
    if (round % 2 === 0) await Promise.all(users.map(store("before")));
    const outcomes = await Promise.allSettled([
      ...users.map(store("meanwhile")),
      updateAttribute(system, { ...input, id: attributeId, name: `${input.name} 2` }),
      deleteAttribute(system, { id: attributeId }),
      deleteAttribute(system, { id: attributeId }),
    ]);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    for (const error of refusals) {
      expect(error instanceof ValidationError || error instanceof NotFoundError, String(error)).toBe(true);
    }
    expect(outcomes.slice(-2).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await prisma.userAttributeValue.count({ where: { attributeId } })).toBe(0);
  }
});

test.each(["openid", "offline_access", introspectionScope])("the scope %s gives no attribute", async (scopeName) => {
  const claimName = `${prefix}_claim`;
  await expect(createAttribute(system, { ...definition(), claimName, scopeName })).rejects.toMatchObject({
    fieldErrors: { scopeName: [expect.any(String)] },
  });
});
