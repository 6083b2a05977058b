import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext } from "../context";
import { exportScopes } from "./export-scopes";
import { listScopeUsage } from "./list-scope-usage";

const context = systemContext();
const prisma = getPrisma();
const suffix = randomUUID().replaceAll("-", "");
const photos = `photos:${suffix}`;
const nameOf = (index: number) => `zz-${suffix}-${String(index).padStart(2, "0")}`;
let apiId = "";

beforeAll(async () => {
  const names = Array.from({ length: 52 }, (_, index) => nameOf(index));
  await prisma.scope.createMany({
    data: [
      ...names.map((name, index) => ({ name, description: `Do ${name}`, isRestricted: index === 3 })),
      { name: photos, description: "See your pictures", isDefault: true },
    ],
  });
  const clients = [[photos], ["read", photos], [nameOf(0)]];
  await prisma.application.createMany({
    data: clients.map((allowedScopes, index) => ({
      clientId: `${index}-${suffix}`,
      name: "App",
      clientType: "public" as const,
      grantTypes: [],
      allowedScopes,
    })),
  });
  await prisma.api.createMany({
    data: Array.from({ length: 5 }, (_, index) => ({
      identifier: `urn:x:${suffix}:${index}`,
      name: `Orders ${index}`,
      scopes: index === 0 ? [photos, nameOf(1)] : [photos],
    })),
  });
  apiId = (await prisma.api.findUniqueOrThrow({ where: { identifier: `urn:x:${suffix}:0` } })).id;
});

afterAll(async () => {
  await prisma.application.deleteMany({ where: { clientId: { endsWith: suffix } } });
  await prisma.api.deleteMany({ where: { identifier: { contains: suffix } } });
  await prisma.scope.deleteMany({ where: { name: { contains: suffix } } });
  await prisma.$disconnect();
});

describe("the list of scopes", () => {
  test("continues after a page in both orders, and counts", async () => {
    const q = `zz-${suffix}`;
    const first = await listScopeUsage(context, { q });
    expect(first.scopes.map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_, index) => nameOf(index)));
    expect(first.count).toEqual({ value: 52, exact: true });
    const rest = await listScopeUsage(context, { q, after: first.next ?? "" });
    expect(rest.scopes.map(({ name }) => name)).toEqual([nameOf(50), nameOf(51)]);
    expect(rest.next).toBeNull();
    const last = await listScopeUsage(context, { q, sort: "-name" });
    expect(last.scopes[0]?.name).toBe(nameOf(51));
    expect((await listScopeUsage(context, { q, after: "not a place" })).scopes).toHaveLength(50);
  });

  test("is searched in names and descriptions, in the middle of a word", async () => {
    for (const q of [`otos:${suffix}`, `PHOTOS ${suffix}`, `ictures ${suffix.slice(2)}`]) {
      expect((await listScopeUsage(context, { q })).scopes.map(({ name }) => name)).toEqual([photos]);
    }
  });

  test("says where each is used, and names two of the APIs", async () => {
    const { scopes } = await listScopeUsage(context, { q: photos });
    expect(scopes[0]).toMatchObject({
      name: photos,
      applications: { value: 2, exact: true },
      apis: { value: 5, exact: true },
      apiNames: ["Orders 0", "Orders 1"],
    });
  });

  test("is limited by access, kind and API", async () => {
    const find = async (asked: Parameters<typeof listScopeUsage>[1]) =>
      (await listScopeUsage(context, { q: suffix, ...asked })).scopes.map(({ name }) => name);
    expect(await find({ access: "restricted" })).toEqual([nameOf(3)]);
    expect(await find({ access: "default" })).toEqual([photos]);
    expect(await find({ access: "request" })).toHaveLength(50);
    expect(await find({ kind: "openid" })).toEqual([]);
    expect(await find({ api: apiId })).toEqual([photos, nameOf(1)]);
    expect(await find({ api: randomUUID() })).toEqual([]);
    expect(await find({ api: "no id" })).toEqual([]);
    const standard = await listScopeUsage(context, { kind: "openid" });
    expect(standard.scopes.map(({ name }) => name)).toContain("openid");
    expect((await listScopeUsage(context, { kind: "custom", q: photos })).scopes).toHaveLength(1);
  });
});

test("the export has every scope, and is recorded", async () => {
  const { scopes } = await exportScopes(context, { after: nameOf(49) });
  expect(scopes.slice(0, 2).map(({ name }) => name)).toEqual([nameOf(50), nameOf(51)]);
  const event = await prisma.auditEvent.findFirstOrThrow({
    where: { type: "scopes.exported" },
    orderBy: { id: "desc" },
  });
  expect(event.details).toEqual({ count: expect.any(Number) });
});
