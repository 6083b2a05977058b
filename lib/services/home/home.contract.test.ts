import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { toUserKey } from "@/lib/db/user-key";
import { type ServiceContext, systemContext, userActor } from "../context";
import type { PortalRole } from "../permissions";
import { dismissChecklist, getChecklist } from "./checklist";
import { getOverview } from "./get-overview";
import { listLaunchableApplications } from "./list-launchable-applications";

const prisma = getPrisma();
const system = systemContext();
const marker = `home-${randomUUID().slice(0, 8)}`;

let person: string;
let stranger: string;
let manager: string;
let groupId: string;

async function createUser(portalRole: PortalRole | null = null): Promise<string> {
  const username = `${marker}-${randomUUID().slice(0, 8)}`;
  const email = `${username}@home.example`;
  const keys = { usernameKey: toUserKey(username), emailKey: toUserKey(email) };
  const { id } = await prisma.user.create({ data: { username, email, ...keys, portalRole }, select: { id: true } });
  return id;
}

const as = (id: string): ServiceContext => ({ ...system, actor: userActor({ id, portalRole: null }) });

async function create(name: string, values: Record<string, unknown> = {}): Promise<string> {
  const named = { clientId: `${marker}-${name}`, name: `${marker} ${name}`, clientType: "public" as const };
  const { id } = await prisma.application.create({
    data: { ...named, grantTypes: ["authorization_code"], launchUrl: `https://${name}.example/`, ...values },
    select: { id: true },
  });
  return id;
}

/** Other tests have applications of their own. */
async function namesFor(userId: string): Promise<string[]> {
  const applications = await listLaunchableApplications(as(userId));
  return applications.filter(({ name }) => name.startsWith(marker)).map(({ name }) => name.slice(marker.length + 1));
}

beforeAll(async () => {
  [person, stranger, manager] = await Promise.all([createUser(), createUser(), createUser("application_manager")]);
  const group = { name: marker, nameKey: marker, members: { create: { userId: person } } };
  groupId = (await prisma.group.create({ data: group, select: { id: true } })).id;
});

afterAll(async () => {
  await prisma.application.deleteMany({ where: { name: { startsWith: marker } } });
  await prisma.group.deleteMany({ where: { id: groupId } });
  await prisma.user.deleteMany({ where: { username: { startsWith: marker } } });
  await prisma.$disconnect();
});

test("users may open what they own, have authorized, or what those who manage applications offer", async () => {
  await create("managed", { ownerId: manager });
  await create("by-command");
  await create("own", { ownerId: person });
  await create("of-a-stranger", { ownerId: stranger });
  const authorized = await create("authorized", { ownerId: stranger });
  const at = { createdAt: new Date(), updatedAt: new Date() };
  await prisma.consent.create({ data: { userId: person, applicationId: authorized, scopes: ["read"], ...at } });
  await create("disabled", { disabledAt: new Date() });
  await create("registered-itself", { registrationSource: "dynamic" });
  await create("without-address", { launchUrl: null });
  await create("started-elsewhere", { launchUrl: null, initiateLoginUri: "https://start.example/" });
  const groups = { create: { groupId } };
  await create("of-my-group", { accessRestricted: true, ownerId: stranger, groups });
  await create("of-no-group", { accessRestricted: true });

  const offered = ["by-command", "managed", "started-elsewhere"];
  expect(await namesFor(person)).toEqual([...offered, "authorized", "of-my-group", "own"].toSorted());
  expect(await namesFor(stranger)).toEqual([...offered, "authorized", "of-a-stranger"].toSorted());
});

test("the overview counts what the actor may see", async () => {
  const counts = await getOverview({ ...system, actor: userActor({ id: manager, portalRole: "application_manager" }) });
  expect(counts.users).toBeNull();
  expect(counts.groups?.value).toBeGreaterThan(0);
  expect(counts.applications).toMatchObject({ exact: true });
  expect(await getOverview(as(person))).toEqual({ users: null, groups: null, applications: null });
});

test("the checklist ticks itself, and is dismissed once for everyone", async () => {
  await prisma.dismissedNotice.deleteMany();
  await create("first");
  const done = async (publicUrl: string) => {
    const { steps } = (await getChecklist({ ...system, settings: { ...system.settings, publicUrl } })) ?? { steps: [] };
    return steps.filter((step) => step.done).map(({ step }) => step);
  };
  expect(await done("https://id.example.com")).toEqual(expect.arrayContaining(["firstApplication", "publicUrl"]));
  for (const address of ["http://127.0.0.1:8000", "https://localhost", "http://id.example.com"]) {
    expect(await done(address)).not.toContain("publicUrl");
  }
  const since = new Date();
  await dismissChecklist(system);
  await dismissChecklist(system);
  expect(await getChecklist(system)).toBeNull();
  const recorded = { type: "checklist.dismissed", at: { gte: since } };
  expect(await prisma.auditEvent.count({ where: recorded })).toBe(1);
  await prisma.auditEvent.deleteMany({ where: recorded });
  await prisma.dismissedNotice.deleteMany();
});
