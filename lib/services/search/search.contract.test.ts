import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { currentTime } from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import { getPrisma } from "@/lib/db/prisma";
import { randomToken } from "@/lib/oauth/wire/digest";
import { type ServiceContext, userActor } from "../context";
import { type PortalRole, portalRoles } from "../permissions";
import { search } from "./search";

const prisma = getPrisma();
const word = `zq${randomUUID().slice(0, 8)}`;
const clientId = `client-${randomToken()}`;

const insertUser = (name: string) =>
  prisma.user.create({
    data: { username: name, usernameKey: name, email: `${name}@example.com`, emailKey: `${name}@example.com` },
    select: { id: true },
  });
const [owner, other] = await Promise.all([insertUser(`${word}-owner`), insertUser(`${word}-other`)]);
const application = await prisma.application.create({
  data: { name: `The ${word} dashboard`, clientId, clientType: "public", grantTypes: [], ownerId: owner.id },
  select: { id: true },
});
const group = await prisma.group.create({
  data: { name: `${word} people`, nameKey: `${word} people`, description: "Who use it" },
  select: { id: true },
});
const api = await prisma.api.create({
  data: { identifier: `https://${word}.example/`, name: `${word} orders`, scopes: [] },
  select: { id: true },
});

afterAll(async () => {
  await prisma.application.delete({ where: { id: application.id } });
  await prisma.group.delete({ where: { id: group.id } });
  await prisma.api.delete({ where: { id: api.id } });
  await prisma.user.deleteMany({ where: { id: { in: [owner.id, other.id] } } });
});

function as(id: string, portalRole: PortalRole | null): ServiceContext {
  return { actor: userActor({ id, portalRole }), now: currentTime, settings: currentSettings() };
}

async function findIds(context: ServiceContext, q: string): Promise<Record<string, string[]>> {
  const { groups } = await search(context, { q });
  return Object.fromEntries(groups.map(({ kind, found }) => [kind, found.map(({ id }) => id).toSorted()]));
}

const everything = {
  application: [application.id],
  user: [owner.id, other.id].toSorted(),
  group: [group.id],
  api: [api.id],
};

const seen: Record<PortalRole, (keyof typeof everything)[]> = {
  administrator: ["application", "user", "group", "api"],
  auditor: ["application", "user", "group", "api"],
  user_manager: ["user", "group"],
  application_manager: ["application", "group", "api"],
  application_owner: [],
};

test.each(portalRoles)("%s finds what they may see", async (role) => {
  const { id } = await prisma.user.findUniqueOrThrow({ where: { id: other.id } });
  const found = await findIds(as(id, role), word.toUpperCase());
  expect(found).toEqual(Object.fromEntries(seen[role].map((kind) => [kind, everything[kind]])));
});

test("a user finds their own applications, and nothing of others", async () => {
  expect(await findIds(as(owner.id, null), word)).toEqual({ application: [application.id] });
  expect(await findIds(as(other.id, null), word)).toEqual({});
  expect((await search(as(other.id, null), { q: clientId })).exact).toBeNull();
});

test("a client ID in a line of a log leads to the application", async () => {
  const line = `"GET /o/authorize?response_type=code&client_id=${clientId}&state=x HTTP/1.1" 400 ${"x".repeat(200)}`;
  for (const q of [clientId, ` ${clientId}\n`, line]) {
    const { exact } = await search(as(other.id, "auditor"), { q });
    expect(exact).toMatchObject({ kind: "application", id: application.id, detail: clientId });
  }
});

test("so does an ID to the user, and two to nobody", async () => {
  const context = as(owner.id, "administrator");
  expect((await search(context, { q: `sub=${other.id.toUpperCase()}` })).exact).toMatchObject({ id: other.id });
  expect((await search(context, { q: `${other.id} ${owner.id}` })).exact).toBeNull();
  expect((await search(as(owner.id, "application_manager"), { q: other.id })).exact).toBeNull();
});

test("nothing typed finds nothing", async () => {
  expect(await search(as(owner.id, "administrator"), { q: "  " })).toEqual({ exact: null, groups: [] });
});
