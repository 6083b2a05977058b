import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, systemContext, userActor } from "../context";
import { ForbiddenError, ValidationError } from "../errors";
import { cleanStorage } from "../storage/clean-storage";
import { listApplications } from "./list-applications";

const prisma = getPrisma();
const system = systemContext();
/** A word that only the applications of this file have, so that a search finds no others. */
const marker = `m${randomUUID().replaceAll("-", "").slice(0, 12)}`;
const day = 86_400_000;
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds);
const deviceCode = "urn:ietf:params:oauth:grant-type:device_code";

async function createUser(username: string, name: string | null = null): Promise<string> {
  const unique = `${username}-${marker}`;
  const email = `${username}.mail@${marker}.example`;
  const data = { username: unique, usernameKey: unique, email, emailKey: email, name };
  return (await prisma.user.create({ data, select: { id: true } })).id;
}

interface Seed {
  clientId?: string;
  uris?: string[];
  owner?: string;
  [column: string]: unknown;
}

async function create(name: string, { uris = [], owner, clientId, ...columns }: Seed = {}): Promise<string> {
  const data = {
    name,
    clientId: `${clientId ?? name.toLowerCase().replaceAll(" ", "-")}-${marker}`,
    clientType: "confidential" as const,
    grantTypes: ["authorization_code"],
    ownerId: owner ?? null,
    redirectUris: { create: uris.map((uri, position) => ({ uri, position })) },
    ...columns,
  };
  return (await prisma.application.create({ data, select: { id: true } })).id;
}

const ids: Record<"payroll" | "television" | "nightly" | "wiki", string> = {
  payroll: "",
  television: "",
  nightly: "",
  wiki: "",
};
let maya = "";
let jonas = "";

beforeAll(async () => {
  maya = await createUser("maya", "Maya Lindqvist");
  jonas = await createUser("jonas");
  ids.payroll = await create("Payroll Portal", {
    owner: maya,
    kind: "web",
    uris: ["https://payroll.intern.example/OAuth/callback"],
  });
  ids.television = await create("Living room TV", { owner: jonas, kind: "device", grantTypes: [deviceCode] });
  ids.nightly = await create("Nightly export", {
    clientId: "batch-7Xq9",
    kind: "machine",
    grantTypes: ["client_credentials"],
    disabledAt: new Date(),
  });
  ids.wiki = await create("Дневник", { owner: maya, clientId: "wiki" });
});

afterAll(async () => {
  await prisma.application.deleteMany({ where: { clientId: { endsWith: marker } } });
  await prisma.user.deleteMany({ where: { username: { endsWith: marker } } });
  await prisma.$disconnect();
});

const nameOf = (id: string) => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? "";

async function find(
  q: string,
  input: Omit<Parameters<typeof listApplications>[1], "q"> = {},
  context: ServiceContext = system,
): Promise<string[]> {
  const { applications } = await listApplications(context, { q: `${marker} ${q}`, ...input });
  return applications.map(({ id }) => nameOf(id));
}

describe("a search finds", () => {
  test.each([
    ["the middle of a name", "ayroll port", ["payroll"]],
    ["names in any case", "LIVING", ["television"]],
    ["the middle of a client ID", "tch-7xq", ["nightly"]],
    ["the middle of a redirect URI", "roll.intern.exam", ["payroll"]],
    ["the path of a redirect URI in any case", "oauth/CALL", ["payroll"]],
    ["the middle of the owner's name", "indqvi", ["payroll", "wiki"]],
    ["the owner's username", "jonas-m", ["television"]],
    ["the owner's address", "aya.mail@", ["payroll", "wiki"]],
    ["several terms in different places", "portal lindqvist", ["payroll"]],
    ["other scripts, by how words begin", "Днев", ["wiki"]],
    ["what every row has", "", ["nightly", "payroll", "television", "wiki"]],
    ["nothing for a term that none has", "zzzzz", []],
    ["nothing for characters of a pattern", "%%%", []],
  ])("%s", async (_what, q, expected) => {
    expect((await find(q)).toSorted()).toEqual(expected);
  });
});

describe("what is searched follows", () => {
  test("a change of the name", async () => {
    const id = await create("Before", { clientId: "renamed" });
    await prisma.application.update({ where: { id }, data: { name: "Afterwards" } });
    expect((await listApplications(system, { q: `${marker} fterward` })).applications.map((one) => one.id)).toEqual([
      id,
    ]);
    expect(await find("before")).toEqual([]);
    await prisma.application.delete({ where: { id } });
  });

  test("redirect URIs that are added, changed and removed", async () => {
    const uri = (part: string) => `https://${part}.moved.example/`;
    const found = async (q: string) => (await listApplications(system, { q: `${marker} ${q}` })).applications.length;
    const id = await create("Moving", { uris: [uri("one")] });
    await prisma.redirectUri.create({ data: { applicationId: id, uri: uri("two"), position: 1 } });
    expect([await found("one.moved"), await found("two.moved")]).toEqual([1, 1]);
    await prisma.redirectUri.updateMany({ where: { applicationId: id, uri: uri("one") }, data: { uri: uri("three") } });
    await prisma.redirectUri.deleteMany({ where: { applicationId: id, uri: uri("two") } });
    expect([await found("one.moved"), await found("two.moved"), await found("three.moved")]).toEqual([0, 0, 1]);
    await prisma.application.delete({ where: { id } });
  });

  test("the owner's name, and that the owner is deleted", async () => {
    const owner = await createUser("leaving", "Aisha Okafor");
    const id = await create("Left behind", { owner });
    const found = async (q: string) => (await listApplications(system, { q: `${marker} ${q}` })).applications.length;
    expect(await found("okafor")).toBe(1);
    await prisma.user.update({ where: { id: owner }, data: { name: "Aisha Nakamura" } });
    expect([await found("okafor"), await found("kamura")]).toEqual([0, 1]);
    await prisma.user.delete({ where: { id: owner } });
    expect([await found("kamura"), await found("left behind")]).toEqual([0, 1]);
    await prisma.application.delete({ where: { id } });
  });

  test("500 redirect URIs, each of which finds it", async () => {
    const path = (index: number) => `https://many.example/${"x".repeat(60)}/tenant-${index}-end`;
    const id = await create("Many addresses", { uris: Array.from({ length: 500 }, (_, index) => path(index)) });
    const { applications } = await listApplications(system, { q: `${marker} enant-499-e` });
    expect(applications.map((one) => one.id)).toEqual([id]);
    await prisma.application.delete({ where: { id } });
  });

  test("addresses that are longer than what can be searched, without refusing them", async () => {
    const uris = Array.from({ length: 500 }, (_, index) => `https://long.example/${index}/${randomUUID().repeat(60)}`);
    const id = await create("Long addresses", { uris });
    expect((await listApplications(system, { q: `${marker} long.example/0/` })).applications).toHaveLength(1);
    await prisma.application.delete({ where: { id } });
  });
});

test("characters that PostgreSQL can't store are refused", async () => {
  await expect(find("\0")).rejects.toThrow(ValidationError);
});

test("the list comes in each order, and in reverse", async () => {
  expect(await find("")).toEqual(["wiki", "nightly", "television", "payroll"]);
  expect(await find("", { sort: "created" })).toEqual(["payroll", "television", "nightly", "wiki"]);
  expect(await find("", { sort: "name" })).toEqual(["television", "nightly", "payroll", "wiki"]);
  expect(await find("", { sort: "-name" })).toEqual(["wiki", "payroll", "nightly", "television"]);
});

test("filters leave out the others, and are counted", async () => {
  expect(await find("", { status: "disabled" })).toEqual(["nightly"]);
  expect(await find("", { status: "active", sort: "name" })).toEqual(["television", "payroll", "wiki"]);
  expect(await find("", { kind: "device" })).toEqual(["television"]);
  expect(await find("", { kind: "none" })).toEqual(["wiki"]);
  expect(await find("", { grant: "client_credentials" })).toEqual(["nightly"]);
  expect(await find("", { grant: deviceCode, status: "disabled" })).toEqual([]);
  expect(await find("", { owner: maya, sort: "created" })).toEqual(["payroll", "wiki"]);
  expect(await find("", { owner: "none" })).toEqual(["nightly"]);
  expect(await find("", { owner: "' OR 1=1" })).toEqual([]);
  const { count } = await listApplications(system, { q: marker, grant: "authorization_code" });
  expect(count).toEqual({ value: 2, exact: true });
});

test("the last token is known when it is no longer stored, and one that never got any is found", async () => {
  const id = await create("Used once");
  const token = { applicationId: id, scopes: [], tokenHash: randomUUID() };
  const read = async () =>
    (await listApplications(system, { q: `${marker} used once` })).applications.find((one) => one.id === id);
  const isUnused = async () =>
    (await listApplications(system, { q: `${marker} used once`, use: "never" })).applications.length === 1;
  expect([(await read())?.lastTokenAt, await isUnused()]).toEqual([null, true]);
  const createdAt = fromNow(-day);
  await prisma.accessToken.create({ data: { ...token, createdAt, expiresAt: fromNow(-1000) } });
  expect([(await read())?.lastTokenAt, await isUnused()]).toEqual([createdAt, false]);
  await cleanStorage(system, { tables: ["access_tokens"] });
  expect(await prisma.accessToken.count({ where: { applicationId: id } })).toBe(0);
  expect([(await read())?.lastTokenAt, await isUnused()]).toEqual([createdAt, false]);
  // An earlier one that is deleted later changes nothing.
  await prisma.accessToken.create({ data: { ...token, createdAt: fromNow(-2 * day), expiresAt: fromNow(-1000) } });
  await cleanStorage(system, { tables: ["access_tokens"] });
  expect((await read())?.lastTokenAt).toEqual(createdAt);
  await prisma.application.delete({ where: { id } });
});

test("a person counts once, whether they have allowed something, use it, or both", async () => {
  const id = await create("With people");
  const at = new Date();
  const consent = (userId: string) => ({ userId, applicationId: id, scopes: [], createdAt: at, updatedAt: at });
  await prisma.consent.create({ data: consent(maya) });
  await prisma.tokenFamily.createMany({
    data: [maya, jonas, jonas].map((userId) => ({
      ...{ id: randomUUID(), applicationId: id, userId, codeHash: randomUUID() },
      ...{ createdAt: at, expiresAt: fromNow(day), lastUsedAt: at },
    })),
  });
  const [found] = (await listApplications(system, { q: `${marker} with people` })).applications;
  expect(found?.people).toEqual({ value: 2, exact: true });
  await prisma.application.delete({ where: { id } });
});

describe("secrets that expire", () => {
  const secret = (expiresAt: Date | null, revokedAt: Date | null = null) => {
    return { label: "", hash: randomUUID(), lastFour: "xxxx", expiresAt, revokedAt };
  };

  test.each([
    ["none", [], { soon: 0, expired: 0 }],
    ["one without an end", [secret(null)], { soon: 0, expired: 0 }],
    ["one that ends in 29 days", [secret(fromNow(29 * day))], { soon: 1, expired: 0 }],
    ["one that ends in 31 days", [secret(fromNow(31 * day))], { soon: 0, expired: 0 }],
    ["one that has ended", [secret(fromNow(-day))], { soon: 0, expired: 1 }],
    ["one that was revoked", [secret(fromNow(-day), new Date())], { soon: 0, expired: 0 }],
    ["another that ends later", [secret(fromNow(day)), secret(fromNow(60 * day))], { soon: 0, expired: 0 }],
    ["another that was revoked", [secret(fromNow(day)), secret(null, new Date())], { soon: 1, expired: 0 }],
    ["an old one and one that ends soon", [secret(fromNow(-day)), secret(fromNow(day))], { soon: 1, expired: 0 }],
  ])("%s", async (_what, secrets, expected) => {
    const id = await create("Keeper of secrets", { secrets: { create: secrets } });
    const count = async (filter: "soon" | "expired") =>
      (await listApplications(system, { q: `${marker} keeper`, secret: filter })).count.value;
    expect({ soon: await count("soon"), expired: await count("expired") }).toEqual(expected);
    await prisma.application.delete({ where: { id } });
  });
});

test("owners see their own, whatever they ask for; who may see all sees all; others are refused", async () => {
  const as = (actor: ServiceContext["actor"]): ServiceContext => ({ ...system, actor });
  const owner = as(userActor({ id: maya, portalRole: null }));
  expect(await find("", { sort: "created" }, owner)).toEqual(["payroll", "wiki"]);
  expect(await find("", { owner: jonas }, owner)).toEqual([]);
  expect(await find("nightly", {}, owner)).toEqual([]);
  expect((await listApplications(owner)).count).toEqual({ value: 2, exact: true });
  expect(await find("", {}, as(userActor({ id: maya, portalRole: "auditor" })))).toHaveLength(4);
  const credential = as({ kind: "credential", id: randomUUID(), permissions: new Set() });
  await expect(listApplications(credential)).rejects.toThrow(ForbiddenError);
});

test("pages follow each other without a gap, in every order, and rows with the same value too", async () => {
  const word = `p${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  await prisma.application.createMany({
    data: Array.from({ length: 120 }, (_, index) => ({
      ...{ name: index % 2 ? "The same name" : `Name ${index}`, clientId: `${word}-${index}-${marker}` },
      ...{ clientType: "public" as const, grantTypes: [], createdAt: new Date("2026-01-01T00:00:00.000Z") },
    })),
  });
  for (const sort of ["name", "-name", "created", "-created"] as const) {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await listApplications(system, { q: word, sort, ...(after ? { after } : {}) });
      expect(page.count).toEqual({ value: 120, exact: true });
      seen.push(...page.applications.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
  }
});
