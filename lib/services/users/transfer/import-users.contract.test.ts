import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test, vi } from "vitest";
import { UnavailableError } from "@/lib/database-errors";
import { PostgresClient } from "@/lib/db/postgres";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext, userActor } from "../../context";
import { profileFields } from "../profile-schema";
import { exportUsers } from "./export-users";
import { importUsers } from "./import-users";
import type { ImportedUser } from "./imported-user";

const prisma = getPrisma();
const context = systemContext();
const suffix = randomUUID().slice(0, 8);
const hash = "$pbkdf2-sha256$29000$9/4/Z2ytVUrJeU9J6b1Xqg$zcvnxt3IaaOPwDK5kcukkeCb8xJVE.k66.6vc0Q3/ow";

afterAll(async () => {
  await prisma.user.deleteMany({ where: { usernameKey: { contains: suffix } } });
  await prisma.group.deleteMany({ where: { nameKey: { contains: suffix } } });
  await prisma.userAttribute.deleteMany({ where: { nameKey: { contains: suffix } } });
  await prisma.$disconnect();
});

function row(name: string, more: Partial<ImportedUser> = {}): ImportedUser {
  const username = `${name}-${suffix}`;
  return { username, email: `${username}@import.example`, ...more };
}

const find = (name: string) =>
  prisma.user.findUnique({
    where: { usernameKey: `${name}-${suffix}` },
    include: { password: true, groups: { include: { group: true } } },
  });

async function createGroup(name: string): Promise<string> {
  const full = `${name} ${suffix}`;
  await prisma.group.create({ data: { name: full, nameKey: full.toLowerCase() } });
  return full;
}

test("a user is created with everything that the row says, and with an event", async () => {
  const staff = await createGroup("Staff");
  const ada = row("ada", {
    ...{ name: "Ada Lovelace", phoneNumber: "+44 20 7946 0018", locale: "en-gb" },
    ...{ emailVerified: true, phoneNumberVerified: true, disabled: true },
    ...{ subject: `old|${suffix}`, passwordHash: hash, groups: [staff.toUpperCase()] },
  });
  expect(await importUsers(context, { rows: [ada], dryRun: false })).toEqual({
    created: 1,
    refused: [],
    stoppedAt: null,
  });
  const user = await find("ada");
  expect(user).toMatchObject({
    ...{ name: "Ada Lovelace", phoneNumber: "+442079460018", locale: "en-GB", subject: `old|${suffix}` },
    ...{ emailVerified: true, phoneNumberVerified: true, portalRole: null, givenName: null },
    password: { scheme: "pbkdf2-sha256", hash: expect.stringMatching(/^\$pbkdf2-sha256\$i=29000\$/) },
    groups: [{ group: { name: staff } }],
  });
  expect(user?.disabledAt).not.toBeNull();
  const events = await prisma.auditEvent.findMany({ where: { userId: user?.id ?? "" } });
  expect(events).toMatchObject([
    { type: "user.created", details: { username: ada.username, portalRole: null, source: "import" } },
  ]);
  expect(JSON.stringify(events)).not.toContain("pbkdf2");
});

test("without a hash there is no password, and the subject is the ID", async () => {
  await importUsers(context, { rows: [row("plain")], dryRun: false });
  const user = await find("plain");
  expect(user).toMatchObject({ password: null, emailVerified: false, disabledAt: null, subject: user?.id });
});

test("1,000 rows with 10 bad ones: a dry run says what the import does, and a second one creates nobody", async () => {
  const taken = row("taken");
  await importUsers(context, { rows: [taken], dryRun: false });
  const bad: Record<number, ImportedUser> = {
    10: row("n10", { email: "nobody" }),
    20: { username: "", email: "x@import.example" },
    30: taken,
    40: row("n40", { email: taken.email.toUpperCase() }),
    50: row("n1"),
    60: row("n60", { passwordHash: "5f4dcc3b5aa765d61d8327deb882cf99" }),
    70: row("n70", { passwordHash: `$2b$31$${"a".repeat(53)}` }),
    80: row("n80", { groups: ["No such group"] }),
    900: row("n900", { phoneNumber: "0123", birthdate: "yesterday" }),
    1000: row("n1000", { subject: "with space" }),
  };
  const rows = Array.from({ length: 1000 }, (_, index) => bad[index + 1] ?? row(`n${index + 1}`));
  const report = {
    created: 990,
    refused: [
      { row: 10, problems: [{ field: "email", message: "Enter a valid e-mail address." }] },
      { row: 20, problems: [{ field: "username", message: "Enter a username." }] },
      { row: 30, problems: [{ message: "That username is already taken." }, { field: "email" }] },
      { row: 40, problems: [{ field: "email", message: "Row 30 has the same." }] },
      { row: 50, problems: [{ field: "username", message: "Row 1 has the same." }, { field: "email" }] },
      { row: 60, problems: [{ field: "passwordHash", message: expect.stringMatching(/must be of bcrypt/) }] },
      { row: 70, problems: [{ field: "passwordHash", message: expect.stringMatching(/more time or memory/) }] },
      { row: 80, problems: [{ field: "groups", message: 'There is no group "No such group".' }] },
      { row: 900, problems: [{ field: "birthdate" }, { field: "phoneNumber" }] },
      { row: 1000, problems: [{ field: "subject" }] },
    ],
  };
  const users = await prisma.user.count();
  expect(await importUsers(context, { rows, dryRun: true })).toMatchObject(report);
  expect(await prisma.user.count({ where: { usernameKey: `n2-${suffix}` } })).toBe(0);
  const queries = vi.spyOn(PostgresClient.prototype, "query");
  expect(await importUsers(context, { rows, dryRun: false })).toMatchObject(report);
  // About ten for each hundred: none for a row.
  expect(queries.mock.calls.length).toBeLessThan(150);
  vi.restoreAllMocks();
  expect(await prisma.user.count()).toBeGreaterThanOrEqual(users + 990);
  const again = await importUsers(context, { rows, dryRun: false });
  expect([again.created, again.refused.length]).toEqual([0, 1000]);
});

describe("names are taken", () => {
  test("by the other kind of name of another row or user", async () => {
    const address = `both-${suffix}@import.example`;
    const rows = [row("one", { email: address }), { username: address, email: address }];
    const { refused } = await importUsers(context, { rows, dryRun: false });
    expect(refused).toMatchObject([{ row: 2, problems: [{ field: "username" }, { field: "email" }] }]);
    const after = await importUsers(context, { rows: [{ username: address, email: address }], dryRun: true });
    expect(after.refused).toMatchObject([{ problems: [{ field: "username" }, { field: "email" }] }]);
  });

  test("by a subject: of a row, a user, an application and a deleted one", async () => {
    const clientId = `Client-${suffix}`;
    await prisma.reservedClientId.create({ data: { clientId, clientIdKey: clientId.toLowerCase() } });
    try {
      const rows = [
        row("s1", { subject: `s-${suffix}` }),
        row("s2", { subject: `s-${suffix}` }),
        row("s3", { subject: clientId }),
      ];
      const { created, refused } = await importUsers(context, { rows, dryRun: false });
      expect(created).toBe(1);
      expect(refused).toMatchObject([
        { row: 2, problems: [{ field: "subject", message: "Row 1 has the same." }] },
        { row: 3, problems: [{ field: "subject", message: "This subject is already taken." }] },
      ]);
    } finally {
      await prisma.reservedClientId.deleteMany({ where: { clientId } });
    }
  });

  test("by an import at the same moment: each user is created once", async () => {
    const rows = Array.from({ length: 50 }, (_, index) => row(`race-${index}`));
    const reports = await Promise.all([1, 2, 3].map(() => importUsers(context, { rows, dryRun: false })));
    expect(reports.reduce((sum, { created }) => sum + created, 0)).toBe(50);
    expect(await prisma.user.count({ where: { usernameKey: { startsWith: "race-", endsWith: suffix } } })).toBe(50);
  });
});

test("groups need the permission for groups", async () => {
  const permissions = new Set(["users:read", "users:write"] as const);
  const limited = { ...context, actor: { kind: "credential" as const, id: randomUUID(), permissions } };
  const withGroup = { rows: [row("grouped", { groups: ["x"] })], dryRun: true };
  await expect(importUsers(limited, withGroup)).rejects.toThrow("This needs the permission groups:write.");
  expect(await importUsers(limited, { rows: [row("ungrouped")], dryRun: true })).toMatchObject({ created: 1 });
});

test("more rows than one call may have are refused before any is read", async () => {
  const rows = Array.from({ length: 10_001 }, () => row("many"));
  await expect(importUsers(context, { rows, dryRun: true })).rejects.toThrow("at most 10000 users");
});

describe("an import that the database fails", () => {
  /** The clock is read in each transaction: with this one the third fails. */
  function failing() {
    let calls = 0;
    const now = () => {
      if (++calls === 3) throw new UnavailableError("the database is gone");
      return new Date();
    };
    return { ...context, now };
  }

  test("says which rows it has dealt with, and the same file can be imported again", async () => {
    const rows = Array.from({ length: 450 }, (_, index) => row(`stop-${index + 1}`));
    rows[4] = row("stop-5", { email: "nobody" });
    const stopped = await importUsers(failing(), { rows, dryRun: false });
    expect(stopped).toMatchObject({ created: 199, refused: [{ row: 5 }], stoppedAt: 201 });
    const stored = { where: { usernameKey: { startsWith: "stop-", endsWith: suffix } } };
    expect(await prisma.user.count(stored)).toBe(199);
    const again = await importUsers(context, { rows, dryRun: false });
    expect(again).toMatchObject({ created: 250, stoppedAt: null });
    expect(again.refused).toHaveLength(200);
    expect(await prisma.user.count(stored)).toBe(449);
  });

  test("before it has stored anything throws", async () => {
    const now = () => {
      throw new UnavailableError("the database is gone");
    };
    await expect(importUsers({ ...context, now }, { rows: [row("never")], dryRun: false })).rejects.toThrow("is gone");
  });
});

test("rows that the database refuses are reported, and all others are created", async () => {
  // The actor was deleted meanwhile, and is named in the rows of disabled users.
  const gone = { ...context, actor: userActor({ id: randomUUID(), portalRole: "administrator" }) };
  const rows = Array.from({ length: 30 }, (_, index) => row(`refused-${index + 1}`, { disabled: index % 10 === 3 }));
  const report = await importUsers(gone, { rows, dryRun: false });
  expect(report.created).toBe(27);
  expect(report.refused.map((refused) => refused.row)).toEqual([4, 14, 24]);
  expect(report.refused[0]?.problems).toMatchObject([{ code: "consoleProblems.import.changedMeanwhile" }]);
});

test.each(["\u0000", "\ud800"])("%j in any text of a row is a problem of the row", async (bad) => {
  const fields = ["username", "email", ...profileFields, "subject", "passwordHash"] as const;
  const rows: ImportedUser[] = fields.map((field, index) => row(`bad-${index}`, { [field]: `a${bad}b` }));
  rows.push(row("bad-groups", { groups: [`a${bad}b`] }));
  const report = await importUsers(context, { rows, dryRun: false });
  expect(report.created).toBe(0);
  expect(report.refused.map(({ problems }) => problems[0]?.field)).toEqual([...fields, "groups"]);
  expect(JSON.stringify(report)).not.toMatch(/\\u0000|\\ud800/);
});

describe("attributes", () => {
  async function createAttribute(name: string, type: "text" | "number" | "boolean" | "list"): Promise<string> {
    const full = `${name} ${suffix}`;
    await prisma.userAttribute.create({ data: { name: full, nameKey: full.toLowerCase(), type } });
    return full;
  }

  const valuesOf = async (name: string) => {
    const found = await prisma.userAttributeValue.findMany({
      where: { user: { usernameKey: `${name}-${suffix}` } },
      select: { value: true, attribute: { select: { type: true } } },
    });
    return Object.fromEntries(found.map(({ attribute, value }) => [attribute.type, value]));
  };

  test("are stored with their types, whether they come as text or not, and are exported again", async () => {
    const [number, flag, list] = [
      await createAttribute("Number", "number"),
      await createAttribute("Flag", "boolean"),
      await createAttribute("List", "list"),
    ];
    const rows = [
      row("csv", { attributes: { [number.toUpperCase()]: "40213", [flag]: "yes", [list]: "one; two" } }),
      row("json", { attributes: { [number]: -1.5, [flag]: false, [list]: ["a;b"] } }),
    ];
    expect(await importUsers(context, { rows, dryRun: false })).toMatchObject({ created: 2, refused: [] });
    expect(await valuesOf("csv")).toEqual({ number: 40213, boolean: true, list: ["one", "two"] });
    expect(await valuesOf("json")).toEqual({ number: -1.5, boolean: false, list: ["a;b"] });
    const { id } = await prisma.user.findUniqueOrThrow({ where: { usernameKey: `csv-${suffix}` } });
    const before = await prisma.user.findFirst({ where: { id: { lt: id } }, orderBy: { id: "desc" } });
    const { users } = await exportUsers(context, { hashes: false, ...(before && { after: before.id }) });
    expect(users[0]?.attributes).toEqual({ [number]: 40213, [flag]: true, [list]: ["one", "two"] });
  });

  test("that don't exist, or can't have the value, are problems of their row", async () => {
    const number = await createAttribute("Second number", "number");
    const rows = [
      row("unknown", { attributes: { [`Nothing ${suffix}`]: "x" } }),
      row("wrong", { attributes: { [number]: "seven" } }),
    ];
    const { created, refused } = await importUsers(context, { rows, dryRun: false });
    expect(created).toBe(0);
    expect(refused.map(({ problems }) => problems.map(({ field, message }) => [field, message]))).toEqual([
      [[`attributes.Nothing ${suffix}`, "The attribute was not found."]],
      [[`attributes.${number}`, "Enter a number."]],
    ]);
  });
});
