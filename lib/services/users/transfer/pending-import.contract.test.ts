import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, systemContext, userActor } from "../../context";
import { checkUserFile, discardUserFile, getPendingImport, importCheckedUsers } from "./pending-import";

const prisma = getPrisma();
const suffix = randomUUID().slice(0, 8);
const file = { fileName: "users.csv", content: `username,email\nnew-${suffix},new-${suffix}@a.example\n,nobody\n` };
let context: ServiceContext;
let other: ServiceContext;

async function createManager(name: string): Promise<ServiceContext> {
  const key = `${name}-${suffix}`;
  const data = { username: key, usernameKey: key, email: `${key}@a.example`, emailKey: `${key}@a.example` };
  const { id } = await prisma.user.create({ data: { ...data, portalRole: "user_manager" } });
  return { ...systemContext(), actor: userActor({ id, portalRole: "user_manager" }) };
}

beforeAll(async () => {
  context = await createManager("manager");
  other = await createManager("other");
});

afterAll(async () => {
  await prisma.user.deleteMany({ where: { usernameKey: { endsWith: suffix } } });
  await prisma.$disconnect();
});

test("a file is checked, and imported once, by its owner alone", async () => {
  await checkUserFile(context, file);
  const pending = {
    fileName: "users.csv",
    rowCount: 2,
    importedAt: null,
    report: { created: 1, refused: [{ row: 2 }] },
  };
  expect(await getPendingImport(context)).toMatchObject(pending);
  expect(await getPendingImport(other)).toBeNull();
  await expect(importCheckedUsers(other)).rejects.toThrow("The file was not found.");
  const imports = await Promise.allSettled([importCheckedUsers(context), importCheckedUsers(context)]);
  expect(imports.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await prisma.user.count({ where: { usernameKey: `new-${suffix}` } })).toBe(1);
  expect(await getPendingImport(context)).toMatchObject({ importedAt: expect.any(Date), report: { created: 1 } });
  const stored = await prisma.userImport.findFirstOrThrow({ where: { fileName: "users.csv", rowCount: 2 } });
  // Hashes stay no longer than they are needed.
  expect(stored.rows).toEqual([]);
});

test("another file takes its place, and it can be forgotten", async () => {
  await checkUserFile(context, { ...file, fileName: "second.csv" });
  expect(await getPendingImport(context)).toMatchObject({ fileName: "second.csv", importedAt: null });
  await discardUserFile(context);
  expect(await getPendingImport(context)).toBeNull();
});

test("after an hour it is gone", async () => {
  await checkUserFile(context, file);
  const later = { ...context, now: () => new Date(Date.now() + 3_700_000) };
  expect(await getPendingImport(later)).toBeNull();
  await expect(importCheckedUsers(later)).rejects.toThrow("The file was not found.");
});

test.each([
  ["no users", "username,email\n", "There are no users in the file."],
  ["too many", `username,email\n${"a,b\n".repeat(10_001)}`, /10001 users\. Choose one with at most 10000/],
  ["no columns", "a\nb\n", /Unknown columns: a/],
])("a file with %s is refused as a whole", async (_what, content, message) => {
  await expect(checkUserFile(context, { fileName: "x.csv", content })).rejects.toThrow(message);
});
