import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { PostgresClient } from "@/lib/db/postgres";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext } from "../../context";
import { PasswordConfirmationError } from "../../errors";
import { type ExportedUser, exportAllUsers, exportUsers } from "./export-users";
import { importUsers } from "./import-users";
import { readUserFile } from "./read-user-file";
import { type UserFileFormat, writeUserFile } from "./write-user-file";

const prisma = getPrisma();
const context = systemContext();
const suffix = randomUUID().slice(0, 8);
const hash = "$pbkdf2-sha256$i=29000$9/4/Z2ytVUrJeU9J6b1Xqg$zcvnxt3IaaOPwDK5kcukkeCb8xJVE+k66+6vc0Q3/ow";
const group = { name: `A;b ${suffix}`, nameKey: `a;b ${suffix}` };
const rows = Array.from({ length: 1200 }, (_, index) => {
  const username = `export-${index}-${suffix}`;
  return { username, email: `${username}@export.example` };
});
const first = { ...rows[0], username: `export-0-${suffix}`, email: `export-0-${suffix}@export.example` };
const imported = { ...first, name: "=1+1", emailVerified: true, groups: [group.name], passwordHash: hash };

beforeAll(async () => {
  await prisma.group.create({ data: group });
  expect(await importUsers(context, { rows: [imported, ...rows.slice(1)], dryRun: false })).toMatchObject({
    created: 1200,
  });
});

afterAll(async () => {
  await prisma.user.deleteMany({ where: { usernameKey: { endsWith: suffix } } });
  await prisma.group.deleteMany({ where: { nameKey: group.nameKey } });
  await prisma.$disconnect();
});

async function readAll(hashes: boolean): Promise<ExportedUser[]> {
  const users: ExportedUser[] = [];
  for await (const page of exportAllUsers(context, hashes)) users.push(...page);
  return users.filter(({ username }) => username.endsWith(suffix));
}

test("every user is there once, with groups, and a hash only if it is asked for", async () => {
  const users = await readAll(true);
  expect(new Set(users.map(({ username }) => username)).size).toBe(1200);
  expect(users).toHaveLength(1200);
  expect(users[0]).toMatchObject({ name: "=1+1", emailVerified: true, groups: [group.name], passwordHash: hash });
  expect((await readAll(false)).every(({ passwordHash }) => passwordHash === null)).toBe(true);
});

test.each<UserFileFormat>(["csv", "json"])("%s: the file can be imported again", async (format) => {
  let text = "";
  for await (const part of writeUserFile(exportAllUsers(context, true), { format, hashes: true, attributes: [] }))
    text += part;
  const read = readUserFile(text).filter(({ username }) => username.endsWith(suffix));
  expect(read).toHaveLength(1200);
  expect(read.find(({ username }) => username === imported.username)).toMatchObject(imported);
  const { refused } = await importUsers(context, { rows: read.slice(0, 1), dryRun: true });
  // Everything in the row is right, and taken.
  expect(refused[0]?.problems.map(({ field }) => field)).toEqual(["username", "email", "subject"]);
});

test("an export that began in time is written to its end, however long it takes", async () => {
  let time = Date.now();
  const permitted = new Set(["users:read", "users:export_hashes"] as const);
  const actor = { kind: "user" as const, id: randomUUID(), permissions: permitted };
  const slow = { ...context, actor, passwordConfirmedAt: new Date(time), now: () => new Date(time) };
  const pages = exportAllUsers(slow, true);
  expect((await pages.next()).done).toBe(false);
  time += 3_600_000;
  let users = 0;
  for await (const page of pages) users += page.length;
  expect(users).toBeGreaterThan(199);
  await expect(exportAllUsers(slow, true).next()).rejects.toThrow(PasswordConfirmationError);
});

test("a page costs the same number of queries, however many users it has, and is recorded", async () => {
  const queries = vi.spyOn(PostgresClient.prototype, "query");
  const { users } = await exportUsers(context, { hashes: false });
  expect(queries.mock.calls.length).toBeLessThan(10);
  vi.restoreAllMocks();
  const event = await prisma.auditEvent.findFirst({ where: { type: "users.exported" }, orderBy: { id: "desc" } });
  expect(event?.details).toEqual({ count: users.length, hashes: false });
});

test("hashes need their own permission, and a password that was entered recently", async () => {
  const permissions = new Set(["users:read"] as const);
  const auditor = { ...context, actor: { kind: "credential" as const, id: randomUUID(), permissions } };
  await expect(exportUsers(auditor, { hashes: true })).rejects.toThrow(
    "This needs the permission users:export_hashes.",
  );
  const permitted = new Set(["users:read", "users:export_hashes"] as const);
  const user = { ...context, actor: { kind: "user" as const, id: randomUUID(), permissions: permitted } };
  const ago = (seconds: number) => ({ ...user, passwordConfirmedAt: new Date(Date.now() - seconds * 1000) });
  await expect(exportUsers(ago(3600), { hashes: true })).rejects.toThrow(PasswordConfirmationError);
  expect((await exportUsers(ago(60), { hashes: true })).users.length).toBeGreaterThan(0);
  expect((await exportUsers(auditor, { hashes: false })).users.length).toBeGreaterThan(0);
});
