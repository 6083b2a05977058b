import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext } from "../context";
import { NotFoundError } from "../errors";
import { createApi } from "./create-api";
import { deleteApi, describeApiDeletion } from "./delete-api";
import { getApi } from "./get-api";
import { updateApi } from "./update-api";

const context = systemContext();
const prisma = getPrisma();
const suffix = randomUUID();
const server = { clientId: `server-${suffix}`, name: "Orders server", grantTypes: [] };
const fields = {
  name: "Orders",
  scopes: ["read"],
  tokenFormat: "jwt" as const,
  accessTokenLifetime: 300,
  resourceServers: [server.clientId],
};
const identifierOf = (path: string) => `https://${suffix}.example/${path}`;
const eventOf = (type: string, id: string) =>
  prisma.auditEvent.findFirstOrThrow({ where: { type, details: { path: ["apiId"], equals: id } } });

beforeAll(async () => {
  await prisma.application.create({ data: { ...server, clientType: "confidential" } });
  await prisma.application.create({
    data: { ...server, clientId: `app-${suffix}`, name: "App", clientType: "public" },
  });
});

afterAll(async () => {
  await prisma.api.deleteMany({ where: { identifier: { contains: suffix } } });
  await prisma.application.deleteMany({ where: { clientId: { endsWith: suffix } } });
  await prisma.$disconnect();
});

describe("an API", () => {
  test("is created, found, changed and deleted, each with an audit event", async () => {
    const identifier = identifierOf("whole");
    const id = await createApi(context, { identifier, ...fields });
    expect(await getApi(context, { id })).toMatchObject({
      identifier,
      ...fields,
      resourceServers: [{ name: "Orders server", clientId: server.clientId, disabled: false }],
    });
    expect((await eventOf("api.created", id)).details).toEqual({ apiId: id, identifier, ...fields });

    const after = { ...fields, tokenFormat: "opaque" as const, accessTokenLifetime: null, resourceServers: [] };
    await updateApi(context, { ...after, id });
    expect(await getApi(context, { id })).toMatchObject({ identifier, ...after });
    expect((await eventOf("api.updated", id)).details).toEqual({ apiId: id, identifier, before: fields, after });

    await deleteApi(context, { id });
    await expect(getApi(context, { id })).rejects.toThrow(NotFoundError);
    expect((await eventOf("api.deleted", id)).details).toEqual({ apiId: id, identifier, name: "Orders" });
  });

  test("before it is deleted its twelve resource servers are counted, and ten of them named", async () => {
    const clientIds = Array.from({ length: 12 }, (_, index) => `many-${index}-${suffix}`);
    const applications = clientIds.map((clientId) => ({ ...server, clientId, clientType: "confidential" as const }));
    await prisma.application.createMany({ data: applications });
    const id = await createApi(context, { identifier: identifierOf("many"), ...fields, resourceServers: clientIds });
    expect((await getApi(context, { id })).resourceServers).toHaveLength(12);
    const { resourceServers, ...rest } = await describeApiDeletion(context, { id });
    expect([resourceServers.count, resourceServers.first.length]).toEqual([12, 10]);
    expect(rest).toEqual({ name: "Orders", accessTokenLifetime: 300, dependents: { count: 0, first: [] } });
    await deleteApi(context, { id });
    await expect(describeApiDeletion(context, { id })).rejects.toThrow(NotFoundError);
  });

  test("has a unique identifier", async () => {
    const identifier = identifierOf("taken");
    await createApi(context, { identifier, ...fields });
    await expect(createApi(context, { identifier, ...fields })).rejects.toMatchObject({
      fieldErrors: { identifier: ["An API with this identifier already exists."] },
    });
  });

  test("RFC 3986 §6.2.3: can't have a twin that differs only in the slash of a root URL", async () => {
    const roots = [`https://bare-${suffix}.example`, `https://slashed-${suffix}.example/`];
    for (const identifier of roots) await createApi(context, { identifier, ...fields });
    for (const identifier of [`${roots[0]}/`, String(roots[1]).slice(0, -1)]) {
      await expect(createApi(context, { identifier, ...fields })).rejects.toMatchObject({
        fieldErrors: { identifier: ["An API with this identifier already exists."] },
      });
    }
    for (const identifier of [identifierOf("twin"), identifierOf("twin/")]) {
      await createApi(context, { identifier, ...fields });
    }
  });

  test("and gets none from two that are created at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const bare = `https://race-${round}-${suffix}.example`;
      const created = await Promise.allSettled(
        [bare, `${bare}/`].map((identifier) => createApi(context, { identifier, ...fields })),
      );
      expect(created.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    }
  });

  test("has scopes and resource servers that exist and can authenticate", async () => {
    const wrong = { scopes: ["read", "nothing"], resourceServers: [`app-${suffix}`, "nobody"] };
    await expect(createApi(context, { identifier: identifierOf("wrong"), ...fields, ...wrong })).rejects.toMatchObject({
      fieldErrors: {
        scopes: ["Unknown scope: nothing."],
        resourceServers: [
          "There is no application with the client ID nobody.",
          `app-${suffix} is a public client: it can't prove who it is.`,
        ],
      },
    });
    expect(await prisma.api.count({ where: { identifier: identifierOf("wrong") } })).toBe(0);
  });

  test("that doesn't exist is not found, whatever the ID", async () => {
    for (const id of [randomUUID(), "x", "a\0b"]) {
      await expect(getApi(context, { id })).rejects.toThrow(NotFoundError);
      await expect(updateApi(context, { ...fields, id })).rejects.toThrow(NotFoundError);
      await expect(deleteApi(context, { id })).rejects.toThrow(NotFoundError);
    }
  });
});
