import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UnavailableError } from "@/lib/database-errors";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, systemContext, userActor } from "../../context";
import { claimImport } from "./claim-import";
import { importRows } from "./import-rows";
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
    state: "checked",
    importedAt: null,
    report: { created: 1, refused: [{ row: 2 }] },
  };
  expect(await getPendingImport(context)).toMatchObject(pending);
  expect(await getPendingImport(other)).toBeNull();
  await expect(importCheckedUsers(other)).rejects.toThrow("The file was not found.");
  const imports = await Promise.allSettled([importCheckedUsers(context), importCheckedUsers(context)]);
  expect(imports.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await prisma.user.count({ where: { usernameKey: `new-${suffix}` } })).toBe(1);
  expect(await getPendingImport(context)).toMatchObject({
    state: "imported",
    importedAt: expect.any(Date),
    report: { created: 1 },
  });
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

describe("an import that stops half-way", () => {
  const rows = Array.from({ length: 250 }, (_, index) => `half-${index}-${suffix},half-${index}-${suffix}@a.example`);
  const content = `username,email\n${rows.join("\n")}\n`;
  const stored = () => prisma.user.count({ where: { usernameKey: { startsWith: "half-", endsWith: suffix } } });

  /** The claim reads the clock, then each transaction twice: this one fails in the second. */
  function failing(): ServiceContext {
    let calls = 0;
    const now = () => {
      if (++calls === 4) throw new UnavailableError("the database is gone");
      return new Date();
    };
    return { ...context, now };
  }

  test("says so, and is continued", async () => {
    await checkUserFile(context, { fileName: "half.csv", content });
    expect(await importCheckedUsers(failing())).toMatchObject({ created: 100, stoppedAt: 101 });
    const stopped = { state: "stopped", rowsDone: 100, importedAt: null, report: { created: 100, refused: [] } };
    expect(await getPendingImport(context)).toMatchObject(stopped);
    expect(await stored()).toBe(100);
    expect(await importCheckedUsers(context)).toEqual({ created: 250, refused: [], stoppedAt: null });
    expect(await getPendingImport(context)).toMatchObject({ state: "imported", report: { created: 250 } });
    expect(await stored()).toBe(250);
    await expect(importCheckedUsers(context)).rejects.toThrow("The file was not found.");
  });

  test("is continued by another call only after a minute without progress", async () => {
    await checkUserFile(context, { fileName: "half.csv", content: content.replaceAll("half-", "half-other-") });
    const ended = { claimId: randomUUID(), importingUntil: new Date(Date.now() + 60_000), rowsDone: 100 };
    const { actor } = context;
    const where = { userId: actor?.kind === "user" ? actor.id : "" };
    await prisma.userImport.update({ where, data: { ...ended, report: { created: 100, refused: [] } } });
    expect(await getPendingImport(context)).toMatchObject({ state: "importing", rowsDone: 100 });
    await expect(importCheckedUsers(context)).rejects.toThrow("The file was not found.");
    const later = { ...context, now: () => new Date(Date.now() + 61_000) };
    expect(await getPendingImport(later)).toMatchObject({ state: "stopped" });
    expect((await importCheckedUsers(later)).created).toBe(250);
  });

  test("creates nobody more once its file was replaced", async () => {
    const file = content.replaceAll("half-", "half-replaced-");
    await checkUserFile(context, { fileName: "half.csv", content: file });
    const userId = context.actor?.kind === "user" ? context.actor.id : "";
    const { rows: claimed, progress, record } = await claimImport(context, userId);
    await discardUserFile(context);
    const importing = importRows(context, claimed, progress, { dryRun: false, record });
    await expect(importing.next()).rejects.toThrow("The file was not found.");
    expect(
      await prisma.user.count({ where: { usernameKey: { startsWith: "half-replaced-", endsWith: suffix } } }),
    ).toBe(0);
  });
});

test.each([
  ["NUL", "\\u0000"],
  ["half a surrogate pair", "\\ud800"],
])("%s in a JSON file is a problem of its row", async (_what, escaped) => {
  const content = `[{"username": "a${escaped}", "email": "b${escaped}@a.example", "name": "${escaped}", "groups": ["${escaped}"]}]`;
  await checkUserFile(context, { fileName: `a${JSON.parse(`"${escaped}"`)}.json`, content });
  const pending = await getPendingImport(context);
  expect(pending?.report.created).toBe(0);
  expect(pending?.report.refused[0]?.problems.map(({ field }) => field)).toEqual([
    "username",
    "email",
    "name",
    "groups",
  ]);
});

test("NUL in a CSV file is one as well", async () => {
  const content = "username,email,groups\na\u0000,b@a.example,x\u0000\n";
  await checkUserFile(context, { fileName: "a.csv", content });
  const problems = [
    { field: "username", code: "fieldProblems.hidden" },
    { field: "groups", code: "fieldProblems.hidden" },
  ];
  expect((await getPendingImport(context))?.report.refused).toMatchObject([{ row: 1, problems }]);
});
