import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext } from "../context";
import { exportApis } from "./export-apis";
import { listApis } from "./list-apis";

const context = systemContext();
const prisma = getPrisma();
const suffix = randomUUID().replaceAll("-", "");
const scope = `scope-${suffix}`;
const server = { clientId: `server-${suffix}`, name: "Orders server", grantTypes: [] };

/** 52 APIs, the oldest first: one more than a page, and one with a name and a scope of its own. */
beforeAll(async () => {
  const { id: applicationId } = await prisma.application.create({ data: { ...server, clientType: "confidential" } });
  const start = Date.now() - 60_000;
  await prisma.api.createMany({
    data: Array.from({ length: 52 }, (_, index) => ({
      identifier: `https://${suffix}.example/v${index}`,
      name: index === 7 ? `Warehouse ${suffix}` : `orders ${String(index).padStart(2, "0")}`,
      scopes: index === 7 ? ["read", scope] : ["read"],
      tokenFormat: index % 2 === 0 ? ("jwt" as const) : ("opaque" as const),
      createdAt: new Date(start + index),
    })),
  });
  const { id: apiId } = await prisma.api.findFirstOrThrow({ where: { name: `Warehouse ${suffix}` } });
  await prisma.apiResourceServer.create({ data: { apiId, applicationId } });
});

afterAll(async () => {
  await prisma.api.deleteMany({ where: { identifier: { contains: suffix } } });
  await prisma.application.deleteMany({ where: { clientId: server.clientId } });
  await prisma.$disconnect();
});

describe("the list of APIs", () => {
  test("continues after a page, in every order, and counts", async () => {
    for (const sort of ["name", "-name", "created", "-created"] as const) {
      const first = await listApis(context, { q: suffix, sort });
      expect([first.apis.length, first.count]).toEqual([50, { value: 52, exact: true }]);
      const rest = await listApis(context, { q: suffix, sort, after: first.next ?? "" });
      expect([rest.apis.length, rest.next]).toEqual([2, null]);
      const ids = [...first.apis, ...rest.apis].map(({ id }) => id);
      expect(new Set(ids).size).toBe(52);
    }
    expect((await listApis(context, { q: suffix, sort: "-name" })).apis[0]?.name).toContain("Warehouse");
    expect((await listApis(context, { q: suffix })).apis[0]?.identifier).toMatch(/v51$/);
    expect((await listApis(context, { q: suffix, after: "not a place" })).apis).toHaveLength(50);
  });

  test("is searched in names and identifiers, in the middle of a word and in any case", async () => {
    for (const q of [`arehouse ${suffix}`, `WAREHOUSE ${suffix.slice(3)}`, `${suffix}.example/v7`]) {
      const { apis } = await listApis(context, { q });
      expect(apis.map(({ name }) => name)).toEqual([`Warehouse ${suffix}`]);
      expect(apis[0]?.resourceServerCount).toBe(1);
    }
    expect((await listApis(context, { q: `${suffix} nothing` })).apis).toEqual([]);
  });

  test("is limited to a token format, and to the APIs that use a scope", async () => {
    const { apis, count } = await listApis(context, { q: suffix, tokenFormat: "jwt" });
    expect([apis.every(({ tokenFormat }) => tokenFormat === "jwt"), count.value]).toEqual([true, 26]);
    expect((await listApis(context, { scope })).apis.map(({ name }) => name)).toEqual([`Warehouse ${suffix}`]);
  });
});

test("the export has every API with its resource servers, and is recorded", async () => {
  const { apis } = await exportApis(context);
  const warehouse = apis.find(({ name }) => name === `Warehouse ${suffix}`);
  expect(warehouse).toMatchObject({ scopes: ["read", scope], resourceServers: [server.clientId] });
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { type: "apis.exported" }, orderBy: { id: "desc" } });
  expect(event.details).toEqual({ count: expect.any(Number) });
  const { apis: older } = await exportApis(context, { after: warehouse?.id ?? "" });
  expect(older.map(({ id }) => id)).not.toContain(warehouse?.id);
});
