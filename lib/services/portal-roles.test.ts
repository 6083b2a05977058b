import { describe, expect, test } from "vitest";
import { currentSettings } from "@/lib/current-settings";
import { type Actor, type ServiceContext, userActor } from "./context";
import { ForbiddenError } from "./errors";
import { type Permission, type PortalRole, permissions, portalRoles, rolePermissions } from "./permissions";
import { verbs } from "./testing/verbs";

/** The permission that each use case needs which isn't for everyone: the matrix of docs/permissions.md is theirs. */
const needs: Readonly<Record<string, Permission | readonly Permission[]>> = {
  addGroupMembers: "groups:write",
  checkUserFile: "users:write",
  createAdministrator: ["users:write", "roles:write"],
  createApi: "apis:write",
  createGroup: "groups:write",
  createInitialAccessToken: "initial_access_tokens:write",
  createInvitation: "invitations:write",
  createPasswordResetLink: "users:write",
  createScope: "scopes:write",
  createUser: "users:write",
  deleteApi: "apis:write",
  deleteGroup: "groups:write",
  deleteScope: "scopes:write",
  deleteUser: "users:write",
  describeApiDeletion: "apis:write",
  describeGroupDeletion: "groups:write",
  describeTokenRevocation: "initial_access_tokens:write",
  disableUser: "users:write",
  disableUsers: "users:write",
  discardUserFile: "users:write",
  dismissChecklist: "settings:write",
  enableUser: "users:write",
  enableUsers: "users:write",
  endUserSession: "sessions:write",
  expireAllSessions: "sessions:write",
  exportApis: "apis:read",
  exportInitialAccessTokens: "initial_access_tokens:read",
  exportScopes: "scopes:read",
  exportUsers: "users:read",
  findUserByName: "users:read",
  getApi: "apis:read",
  getChecklist: "settings:write",
  getGroup: "groups:read",
  getInitialAccessToken: "initial_access_tokens:read",
  getPendingImport: "users:write",
  getScope: "scopes:read",
  getSettings: "settings:read",
  getUser: "users:read",
  createAttribute: "settings:write",
  deleteAttribute: "settings:write",
  updateAttribute: "settings:write",
  describeAttributeDeletion: "settings:write",
  describeDisabling: "users:write",
  describeResending: "invitations:write",
  getAttribute: "users:read",
  listAttributes: "users:read",
  getUserAttributes: "users:read",
  setUserAttributes: "users:write",
  importCheckedUsers: "users:write",
  importUsers: "users:write",
  listApis: "apis:read",
  listApplicationPeople: "users:read",
  listGroupMembers: ["groups:read", "users:read"],
  listGroups: "groups:read",
  listInitialAccessTokens: "initial_access_tokens:read",
  listInvitations: "invitations:read",
  listMessages: "messages:read",
  listRotatedAlgorithms: "signing_keys:read",
  listScopeUsage: "scopes:read",
  listSigningKeys: "signing_keys:read",
  listUserApplications: "users:read",
  listUserGroups: "groups:read",
  listUserSessions: "users:read",
  listUsers: "users:read",
  nameGroups: "groups:read",
  removeGroupMembers: "groups:write",
  removeRetiredSigningKeys: "signing_keys:write",
  requireNewPassword: "users:write",
  resendInvitation: "invitations:write",
  resendInvitations: "invitations:write",
  revokeInitialAccessToken: "initial_access_tokens:write",
  revokeInitialAccessTokens: "initial_access_tokens:write",
  revokeInvitation: "invitations:write",
  revokeUserApplication: "users:write",
  rotateDueSigningKeys: "signing_keys:write",
  rotateSigningKeys: "signing_keys:write",
  sendTestMessage: "settings:write",
  setApplicationAccess: ["applications:write", "groups:read"],
  setPortalRole: "roles:write",
  setUserGroups: "groups:write",
  setUserNotes: "users:write",
  signOutUser: "sessions:write",
  signOutUsers: "sessions:write",
  updateApi: "apis:write",
  updateGroup: "groups:write",
  updateScope: "scopes:write",
  updateSettings: "settings:write",
  updateUser: "users:write",
};

/** No user may call them, whatever their role: only commands on the server's machine. */
const forCommands = ["setPassword"];

const id = "01890000-0000-7000-8000-000000000000";
const settings = currentSettings();

function contextOf(actor: Actor): ServiceContext {
  return { actor, now: () => new Date(), settings, passwordConfirmedAt: new Date() };
}

// There is no database here: a call that was allowed gets another error, or none.
async function isRefused(name: string, actor: Actor): Promise<boolean> {
  try {
    await verbs.get(name)?.(contextOf(actor), { id, ids: [id] });
    return false;
  } catch (error) {
    return error instanceof ForbiddenError;
  }
}

const holderOf = (held: readonly Permission[]): Actor => ({ kind: "user", id, permissions: new Set(held) });

test("every use case that refuses a user without permissions is listed with the one it needs", async () => {
  const asked = await Promise.all([...verbs.keys()].map(async (name) => [name, await isRefused(name, holderOf([]))]));
  const refusing = asked.filter(([, refused]) => refused).map(([name]) => name);
  expect(refusing.toSorted()).toEqual([...Object.keys(needs), ...forCommands].toSorted());
});

test.each(forCommands)("%s isn't for administrators either", async (name) => {
  expect(await isRefused(name, holderOf(permissions))).toBe(true);
});

describe.each(Object.entries(needs).map(([name, needed]) => [name, [needed].flat()] as const))(
  "%s needs %s",
  (name, needed) => {
    test("and nothing else", async () => {
      expect(await isRefused(name, holderOf(needed))).toBe(false);
      for (const one of needed) {
        expect(await isRefused(name, holderOf(permissions.filter((other) => other !== one))), one).toBe(true);
      }
    });

    test.each<PortalRole>(portalRoles)("as %s", async (portalRole) => {
      const allowed = needed.every((permission) => rolePermissions[portalRole].has(permission));
      expect(await isRefused(name, userActor({ id, portalRole }))).toBe(!allowed);
    });
  },
);
