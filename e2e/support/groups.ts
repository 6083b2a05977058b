import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { setApplicationAccess } from "@/lib/services/applications/application-access";
import { addGroupMembers, removeGroupMembers } from "@/lib/services/groups/change-members";
import { createGroup } from "@/lib/services/groups/create-group";
import type { Portal, TestApplication, TestUser } from "./portal";

export interface TestGroup {
  id: string;
  name: string;
}

/** A group with these members, which is removed with everything else of the test. */
export async function addGroup(portal: Portal, members: readonly TestUser[] = []): Promise<TestGroup> {
  const name = `Group ${randomAlphanumeric(10)}`;
  const { id } = await createGroup(portal.context, { name });
  adoptGroup(portal, id);
  await addMembers(portal, { id }, members);
  return { id, name };
}

/** Removes a group that something else created with the rest. */
export function adoptGroup(portal: Portal, id: string): void {
  portal.atCleanUp(async () => {
    await portal.database.group.deleteMany({ where: { id } });
    await portal.database.auditEvent.deleteMany({ where: { details: { path: ["groupId"], equals: id } } });
  });
}

export async function addMembers(
  portal: Portal,
  { id }: Pick<TestGroup, "id">,
  members: readonly TestUser[],
): Promise<void> {
  if (members.length === 0) return;
  await addGroupMembers(portal.context, { id, users: members.map(({ username }) => username) });
}

export async function removeMembers(portal: Portal, { id }: TestGroup, members: readonly TestUser[]): Promise<void> {
  await removeGroupMembers(portal.context, { id, userIds: members.map((member) => member.id) });
}

/** From now on only members of these groups may use the application. */
export async function restrict(portal: Portal, { id }: TestApplication, groups: readonly TestGroup[]): Promise<void> {
  await setApplicationAccess(portal.context, { id, restricted: true, groupIds: groups.map((group) => group.id) });
}
