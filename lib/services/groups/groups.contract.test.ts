import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { getApplicationAccess, setApplicationAccess } from "../applications/application-access";
import { registerApplication } from "../applications/register-application";
import { type ServiceContext, systemContext, userActor } from "../context";
import { ForbiddenError, NotFoundError } from "../errors";
import type { PortalRole } from "../permissions";
import { addGroupMembers, removeGroupMembers } from "./change-members";
import { createGroup } from "./create-group";
import { deleteGroup, describeGroupDeletion } from "./delete-group";
import { getGroup } from "./get-group";
import { listGroupMembers } from "./list-group-members";
import { listGroups } from "./list-groups";
import { updateGroup } from "./update-group";
import { listUserGroups, setUserGroups } from "./user-groups";

const prisma = getPrisma();
const system = systemContext();
/** A word that only rows of this file have. */
const marker = `g${randomUUID().replaceAll("-", "").slice(0, 12)}`;
let [ada, bjorn] = ["", ""];

function as(portalRole: PortalRole | null, id = ada): ServiceContext {
  return { ...system, actor: userActor({ id, portalRole }) };
}

async function createUsers(names: readonly string[]): Promise<string[]> {
  const users = await prisma.user.createManyAndReturn({
    data: names.map((name) => {
      const [username, email] = [`${name}-${marker}`, `${name}@${marker}.example`];
      return { username, usernameKey: username, email, emailKey: email, name: `${name} Example` };
    }),
    select: { id: true },
  });
  return users.map(({ id }) => id);
}

const create = async (name: string, description = "") =>
  (await createGroup(system, { name: `${name} ${marker}`, description })).id;

async function readEvents(groupId: string) {
  const events = await prisma.auditEvent.findMany({
    where: { details: { path: ["groupId"], equals: groupId } },
    orderBy: { id: "asc" },
  });
  return events.map(({ type }) => type);
}

beforeAll(async () => {
  [ada = "", bjorn = ""] = await createUsers(["ada", "bjorn"]);
});

afterAll(async () => {
  await prisma.application.deleteMany({ where: { name: { contains: marker } } });
  await prisma.group.deleteMany({ where: { name: { contains: marker } } });
  await prisma.user.deleteMany({ where: { username: { contains: marker } } });
  await prisma.$disconnect();
});

describe("a group", () => {
  test("is created, changed and deleted, each with an event", async () => {
    const id = await create("Staff", "Everyone who works here");
    await updateGroup(system, { id, name: `Employees ${marker}`, description: "" });
    expect(await getGroup(system, { id })).toMatchObject({ name: `Employees ${marker}`, description: "" });
    await deleteGroup(system, { id });
    await expect(getGroup(system, { id })).rejects.toThrow(NotFoundError);
    expect(await readEvents(id)).toEqual(["group.created", "group.updated", "group.deleted"]);
  });

  test("has a name that no other has, in any spelling, also if both are created at once", async () => {
    const id = await create("Unique");
    const taken = { name: "There is already a group with this name." };
    for (const name of ["unique", " UNIQUE", "Ｕｎｉｑｕｅ"]) await expect(create(name)).rejects.toThrow(taken.name);
    const other = await create("Other");
    const renamed = updateGroup(system, { id: other, name: `unique ${marker}`, description: "" });
    await expect(renamed).rejects.toThrow(taken.name);
    await updateGroup(system, { id, name: `UNIQUE ${marker}`, description: "" });
    const both = await Promise.allSettled([create("same"), create("Same")]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("without a name is refused", async () => {
    await expect(createGroup(system, { name: "  " })).rejects.toThrow("Enter a name.");
  });

  test("is found by a part of its name or description", async () => {
    const id = await create("Accounting", "Invoices and taxes");
    for (const q of [`ccoun ${marker}`, `${marker} nvoic`]) {
      const { groups, count } = await listGroups(system, { q });
      expect(groups.map((group) => group.id)).toEqual([id]);
      expect(count).toEqual({ value: 1, exact: true });
    }
    expect((await listGroups(system, { q: marker, sort: "-created" })).groups[0]?.id).toBe(id);
  });
});

describe("members", () => {
  test("are added by username or address, each once, and removed", async () => {
    const id = await create("Members");
    const users = [`ADA-${marker}`, `ada@${marker}.example`, ` bjorn@${marker}.EXAMPLE `];
    expect(await addGroupMembers(as("user_manager"), { id, users })).toEqual({ added: 2, already: 0 });
    expect(await addGroupMembers(system, { id, users })).toEqual({ added: 0, already: 2 });
    const { members, count } = await listGroupMembers(system, { id, sort: "-added" });
    expect(members.map(({ addedBy }) => addedBy)).toEqual([`ada-${marker}`, `ada-${marker}`]);
    expect(count.value).toBe(2);
    expect((await listGroupMembers(system, { id, q: "bjorn" })).members).toMatchObject([{ id: bjorn }]);
    expect(await removeGroupMembers(system, { id, userIds: [ada, randomUUID(), "x"] })).toEqual({ removed: 1 });
    expect((await getGroup(system, { id })).members).toEqual({ value: 1, exact: true });
    expect(await readEvents(id)).toEqual(["group.created", "group.members_added", "group.members_removed"]);
  });

  test("are added all or, if one isn't found, none", async () => {
    const id = await create("All or none");
    const added = addGroupMembers(system, { id, users: [`ada-${marker}`, "nobody-here"] });
    await expect(added).rejects.toThrow("No user found for nobody-here.");
    expect((await listGroupMembers(system, { id })).members).toEqual([]);
    await expect(addGroupMembers(system, { id, users: [" "] })).rejects.toThrow("Enter a username");
  });

  test("a thousand at a time, in a handful of queries, and no more", async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `many${String(index).padStart(4, "0")}`);
    const userIds = await createUsers(names);
    const id = await create("Many");
    const users = names.map((name) => `${name}@${marker}.example`);
    expect(await addGroupMembers(system, { id, users })).toEqual({ added: 1000, already: 0 });
    await expect(addGroupMembers(system, { id, users: [...users, "one-more"] })).rejects.toThrow("at most 1000");
    const first = await listGroupMembers(system, { id, sort: "username" });
    const second = await listGroupMembers(system, { id, sort: "username", after: first.next ?? "" });
    expect(first.members[0]?.username).toBe(`many0000-${marker}`);
    expect(second.members[0]?.username).toBe(`many0050-${marker}`);
    expect(await removeGroupMembers(system, { id, userIds })).toEqual({ removed: 1000 });
  });

  test("of a group that is being deleted: added before, or not found", async () => {
    const id = await create("Ending");
    const [added] = await Promise.allSettled([
      addGroupMembers(system, { id, users: [`ada-${marker}`] }),
      deleteGroup(system, { id }),
    ]);
    if (added.status === "rejected") expect(added.reason).toBeInstanceOf(NotFoundError);
    expect(await prisma.groupMember.count({ where: { groupId: id } })).toBe(0);
  });
});

describe("the groups of a user", () => {
  test("are set as a whole; those that stay keep their date", async () => {
    const [first, second, third] = [await create("A"), await create("B"), await create("C")];
    await setUserGroups(as("user_manager"), { userId: bjorn, groupIds: [first, second] });
    const { groups: before } = await listUserGroups(system, { userId: bjorn });
    await setUserGroups(system, { userId: bjorn, groupIds: [second, third, third] });
    const { groups: after } = await listUserGroups(system, { userId: bjorn });
    const names = after.map(({ name }) => name).filter((name) => /^[ABC] /.test(name));
    expect(names).toEqual([`B ${marker}`, `C ${marker}`]);
    expect(after.find(({ id }) => id === second)?.addedAt).toEqual(before.find(({ id }) => id === second)?.addedAt);
    const [event] = await prisma.auditEvent.findMany({
      where: { userId: bjorn, type: "user.groups_changed" },
      orderBy: { id: "desc" },
    });
    expect(event?.details).toMatchObject({ added: [`C ${marker}`] });
    const unknown = setUserGroups(system, { userId: bjorn, groupIds: [randomUUID()] });
    await expect(unknown).rejects.toThrow("A group doesn't exist anymore.");
    await expect(setUserGroups(system, { userId: randomUUID(), groupIds: [] })).rejects.toThrow(NotFoundError);
  });
});

describe("users who hold a portal role are put into groups and taken out by administrators alone", () => {
  const holders = ["administrator", "user_manager", "application_manager", "auditor", "application_owner"] as const;

  test.each(holders)("a user who is %s", async (portalRole) => {
    const name = `holder-${portalRole}`;
    const [holder = ""] = await createUsers([name]);
    await prisma.user.update({ where: { id: holder }, data: { portalRole } });
    const id = await create(`Of ${portalRole}`);
    const manager = as("user_manager");
    const users = [`${name}-${marker}`, `ada-${marker}`];
    const refused = /^Only administrators can change the groups of users who hold a portal role: holder-/;
    await expect(addGroupMembers(manager, { id, users })).rejects.toThrow(refused);
    expect((await getGroup(system, { id })).members.value).toBe(0);
    const set = setUserGroups(manager, { userId: holder, groupIds: [id] });
    await expect(set).rejects.toThrow(ForbiddenError);

    await addGroupMembers(as("administrator"), { id, users });
    const removed = removeGroupMembers(manager, { id, userIds: [ada, holder] });
    await expect(removed).rejects.toThrow(ForbiddenError);
    await expect(deleteGroup(manager, { id })).rejects.toThrow(ForbiddenError);
    expect((await getGroup(system, { id })).members.value).toBe(2);
    expect(await removeGroupMembers(manager, { id, userIds: [ada] })).toEqual({ removed: 1 });
    await setUserGroups(as("administrator"), { userId: holder, groupIds: [] });
    await deleteGroup(manager, { id });
  });
});

describe("who may use an application", () => {
  async function register(owner: ServiceContext) {
    const { id } = await registerApplication(owner, {
      name: `App ${marker}`,
      clientType: "confidential",
      grantTypes: ["authorization_code"],
      redirectUris: ["https://app.example/callback"],
      allowedScopes: ["openid"],
    });
    return id;
  }

  test("is decided by those who may change applications and see groups, not by the owner", async () => {
    const [id, groupId] = [await register(as(null)), await create("Users of it")];
    const change = { id, restricted: true, groupIds: [groupId] };
    for (const role of [null, "application_owner", "auditor", "user_manager"] as const) {
      await expect(setApplicationAccess(as(role), change), String(role)).rejects.toThrow(ForbiddenError);
    }
    await setApplicationAccess(as("application_manager", bjorn), change);
    expect(await getApplicationAccess(as(null), { id })).toEqual({ restricted: true, groups: null });
    expect(await getApplicationAccess(as("auditor", bjorn), { id })).toMatchObject({
      groups: [{ id: groupId, name: `Users of it ${marker}` }],
    });
    await expect(getApplicationAccess(as(null, bjorn), { id })).rejects.toThrow(NotFoundError);
  });

  test("needs a group that exists, and is recorded by name", async () => {
    const [id, groupId] = [await register(as(null)), await create("Recorded")];
    const nobody = setApplicationAccess(system, { id, restricted: true, groupIds: [] });
    await expect(nobody).rejects.toThrow("Choose at least one group.");
    const gone = setApplicationAccess(system, { id, restricted: true, groupIds: [groupId, randomUUID()] });
    await expect(gone).rejects.toThrow("A group doesn't exist anymore.");
    await setApplicationAccess(system, { id, restricted: true, groupIds: [groupId] });
    await setApplicationAccess(system, { id, restricted: false, groupIds: [] });
    const events = await prisma.auditEvent.findMany({
      where: { applicationId: id, type: "application.access_changed" },
      orderBy: { id: "asc" },
    });
    const [open, closed] = [
      { restricted: false, groups: [] },
      { restricted: true, groups: [`Recorded ${marker}`] },
    ];
    expect(events.map(({ details }) => details)).toEqual([
      { before: open, after: closed },
      { before: closed, after: open },
    ]);
  });

  test("a group is deleted with its choices: the page says for which applications that matters", async () => {
    const [only, both] = [await register(as(null)), await register(as(null))];
    const [first, second] = [await create("First"), await create("Second")];
    await setApplicationAccess(system, { id: only, restricted: true, groupIds: [first] });
    await setApplicationAccess(system, { id: both, restricted: true, groupIds: [first, second] });
    expect(await describeGroupDeletion(system, { id: first })).toMatchObject({
      closed: { count: 1, first: [{ id: only }] },
      shared: { count: 1, first: [{ id: both }] },
    });
    expect((await getGroup(system, { id: first })).applicationsByName).toHaveLength(2);
    await deleteGroup(system, { id: first });
    expect(await getApplicationAccess(system, { id: only })).toEqual({ restricted: true, groups: [] });
  });
});

test("members are shown to those who may see users", async () => {
  const id = await create("Seen");
  await expect(listGroupMembers(as("application_manager"), { id })).rejects.toThrow(ForbiddenError);
  expect((await listGroups(as("application_manager"), { q: marker })).groups).not.toEqual([]);
});
