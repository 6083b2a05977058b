import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { toUserKey } from "@/lib/db/user-key";
import { systemContext } from "../../context";
import { ValidationError } from "../../errors";
import { getUser } from "./get-user";
import { listUsers } from "./list-users";

const prisma = getPrisma();
const system = systemContext();
/** A word that only the users of this file have, so that a search finds no others. */
const marker = `m${randomUUID().replaceAll("-", "").slice(0, 12)}`;

const people = [
  { username: "ada", name: "Ada Lovelace", lastSignInAt: new Date("2026-02-01T00:00:00.000Z") },
  { username: "bjorn", name: "Björn Müller-Lüdenscheidt" },
  { username: "chen", name: "张伟", disabledAt: new Date() },
  { username: "dora", name: "Дора Петрова", lastSignInAt: new Date("2026-01-01T00:00:00.000Z"), emailVerified: true },
  { username: "erin", name: null },
];

beforeAll(async () => {
  await prisma.user.createMany({
    data: people.map(({ username, ...person }) => {
      const named = { username: `${username}-${marker}`, email: `${username}.mail@${marker}.example` };
      return { ...person, ...named, usernameKey: toUserKey(named.username), emailKey: toUserKey(named.email) };
    }),
  });
});

afterAll(async () => {
  await prisma.user.deleteMany({ where: { username: { endsWith: marker } } });
  await prisma.$disconnect();
});

async function find(q: string, input: Omit<Parameters<typeof listUsers>[1], "q"> = {}): Promise<string[]> {
  const { users } = await listUsers(system, { q: `${marker} ${q}`, ...input });
  return users.map(({ username }) => username.split("-")[0] ?? "");
}

const everyone = ["ada", "bjorn", "chen", "dora", "erin"];

describe("a search finds", () => {
  test.each([
    ["the middle of a name", "velac", ["ada"]],
    ["names in any case", "LOVELACE", ["ada"]],
    ["the middle of an address", "rin.mai", ["erin"]],
    ["several terms in any order", "love ada", ["ada"]],
    ["letters with marks", "müll", ["bjorn"]],
    ["the beginning of the second part of a name", "lüd", ["bjorn"]],
    ["other scripts, by how words begin", "Петр", ["dora"]],
    ["two letters, by how words begin", "lo", ["ada"]],
    ["one character", "张", ["chen"]],
    ["what every row has", "example", everyone],
    ["nothing for a term that nobody has", "zzzzz", []],
    ["nothing for characters of a pattern", "%%%", []],
    ["nothing for what has neither letter nor digit", "'!&|:*", []],
    ["nothing for a term with syntax of a query", "a&b|c:*'", []],
  ])("%s", async (_what, q, expected) => {
    expect((await find(q)).toSorted()).toEqual(expected);
  });
});

test("characters that match anything are taken literally, those that PostgreSQL can't store are refused", async () => {
  expect(await find("ada_ma")).toEqual([]);
  await expect(find("\0")).rejects.toThrow(ValidationError);
  await expect(find("\uD800")).rejects.toThrow(ValidationError);
});

test("the list comes in each order, and in reverse", async () => {
  expect(await find("", { sort: "username" })).toEqual(everyone);
  expect(await find("", { sort: "-username" })).toEqual(everyone.toReversed());
  expect(await find("", { sort: "last_sign_in" })).toEqual(expect.arrayContaining(everyone));
  expect((await find("", { sort: "-last_sign_in" })).slice(0, 2)).toEqual(["ada", "dora"]);
  expect((await find("", { sort: "name" }))[0]).toBe("ada");
  expect(await find("", { sort: "created" })).toHaveLength(5);
});

test("filters leave out the others, and are counted", async () => {
  expect(await find("", { status: "disabled" })).toEqual(["chen"]);
  expect(await find("", { status: "enabled", emailVerified: "yes" })).toEqual(["dora"]);
  expect(await find("", { signIn: "never", sort: "username" })).toEqual(["bjorn", "chen", "erin"]);
  expect(await find("", { role: "administrator" })).toEqual([]);
  const { count } = await listUsers(system, { q: marker, role: "none" });
  expect(count).toEqual({ value: 5, exact: true });
});

test("pages follow each other without a gap, in every order, and rows with the same value too", async () => {
  const word = `p${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const createdAt = new Date("2026-01-01T00:00:00.000Z");
  const rows = Array.from({ length: 120 }, (_, index) => `${word}-${String(index).padStart(3, "0")}`);
  await prisma.user.createMany({
    data: rows.map((username, index) => ({
      ...{ username, usernameKey: username, email: `${username}@x.example`, emailKey: `${username}@x.example` },
      ...{ name: index % 2 ? "The same name" : null, createdAt },
    })),
  });
  try {
    for (const sort of ["name", "-name", "username", "created", "-created", "-last_sign_in"] as const) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await listUsers(system, { q: word, sort, ...(after ? { after } : {}) });
        expect(page.count).toEqual({ value: 120, exact: true });
        seen.push(...page.users.map(({ username }) => username));
        after = page.next;
      } while (after);
      expect(seen).toHaveLength(120);
      expect(new Set(seen).size).toBe(120);
    }
    const first = await listUsers(system, { q: word, sort: "username" });
    // A place in another order is none in this one.
    const other = await listUsers(system, { q: word, sort: "-username", after: first.next ?? "" });
    expect(other.users[0]?.username).toBe(`${word}-119`);
  } finally {
    await prisma.user.deleteMany({ where: { username: { startsWith: word } } });
  }
});

test("a user is shown with what the list leaves out, and one that doesn't exist isn't", async () => {
  const { users } = await listUsers(system, { q: `chen-${marker}` });
  const user = await getUser(system, { id: users[0]?.id ?? "" });
  expect(user).toMatchObject({ name: "张伟", hasPassword: false, passwordChangeRequired: false, ownedApplications: 0 });
  expect(user.disabled).toMatchObject({ reason: null, by: null });
  await expect(getUser(system, { id: randomUUID() })).rejects.toThrow("The user was not found.");
  await expect(getUser(system, { id: "1' OR 1=1" })).rejects.toThrow("The user was not found.");
});
