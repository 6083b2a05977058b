import { describe, expect, test } from "vitest";
import { currentSettings } from "@/lib/current-settings";
import { type ServiceContext, userActor } from "./context";
import { ForbiddenError, PasswordConfirmationError, UnauthenticatedError } from "./errors";
import { verbs } from "./testing/verbs";

/** With a permission that only administrators have so far. */
const forAdministrators = [
  "addGroupMembers",
  "checkUserFile",
  "createAdministrator",
  "createApi",
  "createAttribute",
  "createGroup",
  "createInitialAccessToken",
  "createInvitation",
  "createPasswordResetLink",
  "createScope",
  "createUser",
  "deleteApi",
  "deleteAttribute",
  "deleteGroup",
  "deleteScope",
  "deleteUser",
  "describeApiDeletion",
  "describeAttributeDeletion",
  "describeDisabling",
  "describeGroupDeletion",
  "describeResending",
  "describeTokenRevocation",
  "disableUser",
  "disableUsers",
  "discardUserFile",
  "dismissChecklist",
  "enableUser",
  "enableUsers",
  "endUserSession",
  "exportApis",
  "exportInitialAccessTokens",
  "exportScopes",
  "exportUsers",
  "findUserByName",
  "getApi",
  "getAttribute",
  "getChecklist",
  "getGroup",
  "getInitialAccessToken",
  "getPendingImport",
  "getScope",
  "getSettings",
  "getUser",
  "getUserAttributes",
  "importCheckedUsers",
  "importUsers",
  "listApis",
  "listApplicationPeople",
  "listAttributes",
  "listGroupMembers",
  "listGroups",
  "listInitialAccessTokens",
  "listInvitations",
  "listMessages",
  "listScopeUsage",
  "listSigningKeys",
  "listUserApplications",
  "listUserGroups",
  "listUserSessions",
  "listUsers",
  "nameGroups",
  "removeGroupMembers",
  "removeRetiredSigningKeys",
  "requireNewPassword",
  "resendInvitation",
  "resendInvitations",
  "revokeInitialAccessToken",
  "revokeInitialAccessTokens",
  "revokeInvitation",
  "revokeUserApplication",
  "rotateDueSigningKeys",
  "rotateSigningKeys",
  "sendTestMessage",
  "setApplicationAccess",
  "setPassword",
  "setPortalRole",
  "setUserAttributes",
  "setUserGroups",
  "setUserNotes",
  "signOutUser",
  "signOutUsers",
  "updateApi",
  "updateAttribute",
  "updateGroup",
  "updateScope",
  "updateSettings",
  "updateUser",
];

/** For one's own objects, or an application that one may change. */
const forSignedInUsers = [
  "accessibleApplications",
  "addClientSecret",
  "authorizeTranslation",
  "changeEmail",
  "changePassword",
  "chooseLanguage",
  "confirmPassword",
  "countApplicationPeople",
  "deleteApplication",
  "describeApplicationsDisabling",
  "describeDeletion",
  "disableApplications",
  "enableApplications",
  "exportApplications",
  "getApplication",
  "getApplicationAccess",
  "getApplicationHealth",
  "findStoredTest",
  "getAuthorization",
  "findTranslated",
  "finishTestSignIn",
  "getOverview",
  "getOwnAttributes",
  "getProfile",
  "getTestSignIn",
  "getTranslations",
  "hasApplications",
  "listApplications",
  "listAuthorizations",
  "listLaunchableApplications",
  "listScopes",
  "listSessions",
  "registerApplication",
  "requireRegistration",
  "revokeAuthorization",
  "revokeClientSecret",
  "revokeOtherSessions",
  "revokeSession",
  "rollClientSecret",
  "search",
  "setApplicationDisabled",
  "setOwnAttributes",
  "setTranslations",
  "signOutSession",
  "startTestSignIn",
  "updateApplication",
  "updateProfile",
  "whereApplication",
];

const withoutActor: Record<string, string> = {
  acceptInvitation: "the link of the invitation",
  authorizeRegistration: "RFC 7591 §3: an initial access token, or the limits of open registration",
  admitSectorFetch: "a limit that registrations share",
  admitUpdate: "a limit that updates share",
  checkCurrentPassword: "a check of use cases that have authorized their user",
  checkSectorIdentifier: "a check of use cases that have authorized their actor",
  cleanStorage: "a job, which deletes only what has ended",
  chooseNewPassword: "the password that has to be changed, proved a moment ago",
  completeSignIn: "what was proved",
  createFirstAdministrator: "the one-time set-up link",
  deleteClient: "RFC 7592 §2.3: the registration access token, checked before",
  expireAllSessions: "a job, which ends only what is over",
  claimImport: "a step of importCheckedUsers",
  insertImportedUsers: "a step of importUsers",
  insertUser: "a step of use cases that authorize",
  listRotatedAlgorithms: "public: the algorithms of published keys",
  openInvitation: "the link of the invitation",
  openPasswordResetLink: "the link",
  permitFields: "a check of use cases that have authorized their user",
  readClient: "RFC 7592 §2.1: the registration access token, checked before",
  readMetadata: "what a registration says",
  registerClient: "RFC 7591 §3: authorizeRegistration",
  requireRecentPassword: "a check of use cases that have authorized their actor",
  resetPasswordByLink: "the link",
  signInWithPassword: "the password, and the limits on sign-in",
  toApplicationFields: "what a registration says",
  updateClient: "RFC 7592 §2.2: the registration access token, checked before",
};

const id = "01890000-0000-7000-8000-000000000000";
const now = () => new Date();
const settings = currentSettings();

// There is no database here: a call that was allowed would get another error, or none.
async function call(name: string, context: ServiceContext, input: object = {}): Promise<unknown> {
  const verb = verbs.get(name);
  if (!verb) throw new Error(`There is no use case ${name}.`);
  return await verb(context, input, {});
}

test("every use case is listed with who may call it", () => {
  const listed = [...forAdministrators, ...forSignedInUsers, ...Object.keys(withoutActor)];
  expect([...verbs.keys()].toSorted()).toEqual(listed.toSorted());
});

describe.each(forAdministrators)("attack 47: %s", (name) => {
  test("is not for an ordinary user", async () => {
    const context = { actor: userActor({ id, portalRole: null }), now, settings };
    await expect(call(name, context)).rejects.toThrow(ForbiddenError);
  });
});

test.each([...forAdministrators, ...forSignedInUsers])("attack 47: %s needs someone signed in", async (name) => {
  await expect(call(name, { actor: null, now, settings })).rejects.toThrow(UnauthenticatedError);
});

/** They ask for the password again (docs/permissions.md). */
const sensitive = [
  "addClientSecret",
  "createInitialAccessToken",
  "createPasswordResetLink",
  "requireRecentPassword",
  "rollClientSecret",
  "rotateSigningKeys",
  "setPortalRole",
];

describe.each(sensitive)("ASVS 7.5.3: %s", (name) => {
  const actor = userActor({ id, portalRole: "administrator" });
  const enteredAgo = (seconds: number): ServiceContext => ({
    actor,
    now,
    settings,
    passwordConfirmedAt: new Date(Date.now() - seconds * 1000),
  });

  const input = { applicationId: id, secretId: id };

  test("needs a password that was entered recently", async () => {
    await expect(call(name, enteredAgo(901), input)).rejects.toThrow(PasswordConfirmationError);
    await expect(call(name, { actor, now, settings }, input)).rejects.toThrow(PasswordConfirmationError);
  });

  test("isn't refused after a recent one", async () => {
    const error = await call(name, enteredAgo(890), input).catch((error) => error);
    expect(error).not.toBeInstanceOf(PasswordConfirmationError);
  });
});

test("ASVS 7.5.3: an export needs it for hashes alone", async () => {
  const context = { actor: userActor({ id, portalRole: "administrator" }), now, settings };
  await expect(call("exportUsers", context, { hashes: true })).rejects.toThrow(PasswordConfirmationError);
  const error = await call("exportUsers", context, { hashes: false }).catch((error) => error);
  expect(error).not.toBeInstanceOf(PasswordConfirmationError);
});
