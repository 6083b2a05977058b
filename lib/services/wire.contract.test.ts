import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { createSession } from "@/lib/auth/testing/create-session";
import { getPrisma } from "@/lib/db/prisma";
import type { Settings } from "@/lib/settings";
import { createApi } from "./apis/create-api";
import { deleteApi, describeApiDeletion } from "./apis/delete-api";
import { exportApis } from "./apis/export-apis";
import { getApi } from "./apis/get-api";
import { listApis } from "./apis/list-apis";
import { getApplicationAccess } from "./applications/application-access";
import { addClientSecret } from "./applications/credentials/client-secrets";
import { rollClientSecret } from "./applications/credentials/roll-client-secret";
import { deleteApplication, describeDeletion } from "./applications/delete-application";
import { getApplication } from "./applications/get-application";
import { hasApplications } from "./applications/has-applications";
import { getApplicationHealth } from "./applications/health/get-application-health";
import { listApplications } from "./applications/list-applications";
import { describeApplicationsDisabling } from "./applications/manage/describe-applications-disabling";
import { disableApplications, enableApplications } from "./applications/manage/disable-applications";
import { exportApplications } from "./applications/manage/export-applications";
import { countApplicationPeople, listApplicationPeople } from "./applications/people/list-people";
import { registerApplication } from "./applications/register-application";
import { getTestSignIn } from "./applications/test-sign-in/get-test-sign-in";
import { startTestSignIn } from "./applications/test-sign-in/start-test-sign-in";
import { updateApplication } from "./applications/update-application";
import { deleteAttribute, describeAttributeDeletion } from "./attributes/delete-attribute";
import { getAttribute, listAttributes } from "./attributes/list-attributes";
import { createAttribute } from "./attributes/manage-attributes";
import { getOwnAttributes } from "./attributes/own-attributes";
import { getUserAttributes } from "./attributes/user-attributes";
import { getAuthorization, listAuthorizations } from "./authorizations/list-authorizations";
import { type ServiceContext, systemContext, userActor } from "./context";
import { addGroupMembers, removeGroupMembers } from "./groups/change-members";
import { createGroup } from "./groups/create-group";
import { deleteGroup, describeGroupDeletion } from "./groups/delete-group";
import { getGroup } from "./groups/get-group";
import { listGroupMembers } from "./groups/list-group-members";
import { listGroups } from "./groups/list-groups";
import { nameGroups } from "./groups/name-groups";
import { listUserGroups } from "./groups/user-groups";
import { getChecklist } from "./home/checklist";
import { getOverview } from "./home/get-overview";
import { listLaunchableApplications } from "./home/list-launchable-applications";
import { openInvitation } from "./invitations/accept-invitation";
import { createInvitation } from "./invitations/create-invitation";
import { listInvitations } from "./invitations/list-invitations";
import { resendInvitation } from "./invitations/resend-invitation";
import { describeResending, resendInvitations } from "./invitations/resend-invitations";
import { revokeInvitation } from "./invitations/revoke-invitation";
import { listMessages } from "./mail/list-messages";
import { sendTestMessage } from "./mail/send-test-message";
import { createPasswordResetLink } from "./password-reset/create-password-reset-link";
import { openPasswordResetLink } from "./password-reset/reset-password-by-link";
import { createInitialAccessToken } from "./registrations/create-initial-access-token";
import { exportInitialAccessTokens } from "./registrations/export-initial-access-tokens";
import { getInitialAccessToken, listInitialAccessTokens } from "./registrations/list-initial-access-tokens";
import { describeTokenRevocation, revokeInitialAccessTokens } from "./registrations/revoke-initial-access-tokens";
import { createScope } from "./scopes/create-scope";
import { deleteScope } from "./scopes/delete-scope";
import { exportScopes } from "./scopes/export-scopes";
import { getScope } from "./scopes/get-scope";
import { listScopeUsage } from "./scopes/list-scope-usage";
import { listScopes } from "./scopes/list-scopes";
import { search } from "./search/search";
import { listSessions } from "./sessions/list-sessions";
import { signOutSession } from "./sessions/sign-out-session";
import { getSettings } from "./settings/get-settings";
import { listRotatedAlgorithms, listSigningKeys } from "./signing-keys/list-signing-keys";
import { answered } from "./testing/check-answers";
import { wires } from "./testing/verbs";
import { getTranslations } from "./translations/get-translations";
import { createAdministrator } from "./users/create-administrator";
import { findUserByName } from "./users/find-user-by-name";
import { getProfile } from "./users/get-profile";
import { createUser } from "./users/manage/create-user";
import { describeDisabling } from "./users/manage/describe-disabling";
import { disableUsers, enableUsers } from "./users/manage/disable-users";
import { getUser } from "./users/manage/get-user";
import { listUsers } from "./users/manage/list-users";
import { signOutUsers } from "./users/manage/sign-out-users";
import { listUserApplications } from "./users/manage/user-applications";
import { listUserSessions } from "./users/manage/user-sessions";
import { exportUsers } from "./users/transfer/export-users";
import { importUsers } from "./users/transfer/import-users";
import { checkUserFile, getPendingImport, importCheckedUsers } from "./users/transfer/pending-import";

/** Every use case that answers something, with something in its answer: what is checked is in `checkAnswers`. */

const prisma = getPrisma();
const system = systemContext();
const name = `wire-${randomUUID()}`;

/** What they do concerns the whole server, on which other tests run meanwhile. */
const elsewhere: Record<string, string> = {
  expireAllSessions: "how many",
  removeRetiredSigningKeys: "ids of keys",
  rotateDueSigningKeys: "answers as rotateSigningKeys does",
  rotateSigningKeys: "e2e/http/oidcc-server-rotate-keys.test.ts",
};

afterAll(async () => {
  await prisma.initialAccessToken.deleteMany({ where: { label: name } });
  await prisma.user.deleteMany({ where: { username: { endsWith: name } } });
  await prisma.$disconnect();
});

async function signUp(): Promise<ServiceContext> {
  const { id } = await createAdministrator(system, {
    username: name,
    email: `${name}@example.com`,
    password: "a long enough password",
  });
  const at = new Date();
  const session = await createSession(id, { ipAddress: "192.0.2.1", userAgent: "A browser", browserId: "browser" }, at);
  return { ...system, actor: userActor({ id, portalRole: null }), sessionId: session.id, passwordConfirmedAt: at };
}

const readToken = (link: string | null) => link?.split("/").at(-1) ?? "";

async function answerLinks(userId: string): Promise<void> {
  const invited = { emails: [`${name}@invited.example`], locale: "en", expiresInDays: 1, delivery: "copy" as const };
  const [invitation] = (await createInvitation(system, invited)).invitations;
  expect((await listInvitations(system)).invitations).not.toEqual([]);
  const id = invitation?.id ?? "";
  const token = readToken((await resendInvitation(system, { id, delivery: "copy" })).link);
  expect((await openInvitation(system, { token })).taken).toBe(false);
  const sends = { ...system, settings: { ...system.settings, mail: {} as NonNullable<Settings["mail"]> } };
  expect(await describeResending(system, { ids: [id, "x"] })).toMatchObject({ invitations: [{ id }], others: 1 });
  expect(await resendInvitations(sends, { ids: [id, "x"] })).toMatchObject({ sent: [id], refused: [{ id: "x" }] });
  await prisma.message.deleteMany({ where: { recipient: `${name}@invited.example` } });
  expect(await revokeInvitation(system, { ids: [id] })).toEqual({ revoked: 1 });
  await prisma.invitation.delete({ where: { id } });
  const { link } = await createPasswordResetLink(system, { userId, delivery: "copy" });
  expect((await openPasswordResetLink(system, { token: readToken(link) })).username).toBe(name);
}

async function answerGroups(userId: string): Promise<void> {
  const { id } = await createGroup(system, { name });
  expect(await addGroupMembers(system, { id, users: [name] })).toEqual({ added: 1, already: 0 });
  expect((await listGroups(system, { q: name })).groups).toHaveLength(1);
  expect((await search(system, { q: name })).groups.map(({ kind }) => kind)).toContain("group");
  expect(await nameGroups(system, { ids: [id, "x"] })).toEqual([{ id, name }]);
  expect((await getGroup(system, { id })).members).toEqual({ value: 1, exact: true });
  expect((await listGroupMembers(system, { id })).members).toHaveLength(1);
  expect((await listUserGroups(system, { userId })).groups).toHaveLength(1);
  expect((await describeGroupDeletion(system, { id })).closed.count).toBe(0);
  expect(await removeGroupMembers(system, { id, userIds: [userId] })).toEqual({ removed: 1 });
  await deleteGroup(system, { id });
}

test("what use cases answer is what they say they answer, in JSON", async () => {
  const person = await signUp();
  await createScope(system, { name, description: "See it", isDefault: false, isRestricted: false });
  const input = {
    name,
    clientType: "confidential" as const,
    grantTypes: ["authorization_code" as const],
    redirectUris: ["https://app.example/callback"],
    launchUrl: "https://app.example/",
    allowedScopes: ["openid", name],
  };
  const { id, clientId } = await registerApplication(person, input);
  const apiId = await createApi(system, {
    identifier: `https://${name}.example`,
    name,
    scopes: [name],
    tokenFormat: "jwt",
    accessTokenLifetime: 60,
    resourceServers: [clientId],
  });
  await updateApplication(person, { ...input, id, defaultApi: `https://${name}.example` });
  const { secretId } = await addClientSecret(person, { applicationId: id, label: "", expiresInDays: 1 });
  await rollClientSecret(person, { applicationId: id, secretId, overlapHours: "1", expiresInDays: 1 });
  const { id: tokenId } = await createInitialAccessToken(system, { label: name, maximumUses: 1, expiresInDays: 1 });
  const [userId, at] = [person.actor?.kind === "user" ? person.actor.id : "", new Date()];
  const consent = { userId, applicationId: id, scopes: [name], createdAt: at, updatedAt: at };
  await prisma.consent.create({ data: consent });

  expect((await getApi(system, { id: apiId })).resourceServers).toHaveLength(1);
  expect((await describeApiDeletion(system, { id: apiId })).dependents.count).toBe(1);
  expect((await listApis(system)).apis).not.toEqual([]);
  expect((await getScope(system, { name })).apis).toHaveLength(1);
  expect((await getTranslations(system, { kind: "scope", id: name })).text).toBe("See it");
  expect((await listScopes(system)).length).toBeGreaterThan(1);
  expect((await listScopeUsage(system, { q: name })).scopes[0]?.apiNames).toEqual([name]);
  expect((await exportApis(system)).apis.map((api) => api.id)).toContain(apiId);
  expect((await exportScopes(system)).scopes).not.toEqual([]);
  expect((await getApplication(person, { id })).secrets).toHaveLength(3);
  expect((await listApplications(person)).applications).toHaveLength(1);
  expect((await describeDeletion(person, { id })).people).toBe(1);
  expect((await exportApplications(person)).applications).toHaveLength(1);
  expect((await describeApplicationsDisabling(person, { ids: [id, "no id"] })).others).toBe(1);
  expect((await disableApplications(person, { ids: [id, "no id"] })).refused).toHaveLength(1);
  expect((await enableApplications(person, { ids: [id] })).changed).toEqual([id]);
  expect((await listAuthorizations(person)).authorizations[0]?.scopes).toHaveLength(1);
  expect((await getAuthorization(person, { applicationId: id })).name).toBe(name);
  expect(await listSessions(person)).toHaveLength(1);
  expect(await listLaunchableApplications(person)).toHaveLength(1);
  expect(await hasApplications(person)).toBe(true);
  expect((await getOverview(system)).applications?.value).toBeGreaterThan(0);
  await getChecklist(system);
  expect((await getProfile(person)).username).toBe(name);
  expect((await listUsers(system, { q: name })).users[0]?.portalRole).toBe("administrator");
  expect((await getUser(system, { id: userId })).ownedApplications).toBe(1);
  const administrator = { ...person, actor: userActor({ id: userId, portalRole: "administrator" }) };
  await checkUserFile(administrator, { fileName: "a.csv", content: "username,email\nbad name,nobody\n" });
  expect((await getPendingImport(administrator))?.report.refused).toHaveLength(1);
  expect((await importCheckedUsers(administrator)).created).toBe(0);
  expect((await findUserByName(system, { name })).id).toBe(userId);
  expect((await exportUsers(system, { hashes: true })).users.length).toBeGreaterThan(0);
  const refused = { username: name, email: "nobody" };
  expect((await importUsers(system, { rows: [refused], dryRun: true })).refused).toHaveLength(1);
  expect(await listUserSessions(system, { id: userId })).toHaveLength(1);
  const plain = { name, userAccess: "read" as const, claimName: "", scopeName: "" };
  const attribute = await createAttribute(system, { ...plain, type: "text" });
  expect((await listAttributes(system)).some((one) => one.id === attribute.id)).toBe(true);
  expect((await getAttribute(system, attribute)).users.value).toBe(0);
  expect((await describeAttributeDeletion(system, attribute)).readers.count).toBe(0);
  expect(await getUserAttributes(system, { id: userId })).not.toEqual([]);
  expect(await getOwnAttributes(person)).not.toEqual([]);
  await deleteAttribute(system, attribute);
  expect((await listUserApplications(system, { id: userId })).authorizations).toHaveLength(1);
  const email = `other-${name}@example.com`;
  const other = await createUser(system, { username: `other-${name}`, email, emailVerified: false });
  const ids = [other.id, "no id"];
  expect((await describeDisabling(system, { ids })).others).toBe(1);
  expect((await disableUsers(system, { ids, reason: "" })).changed).toEqual([other.id]);
  expect((await enableUsers(system, { ids })).changed).toEqual([other.id]);
  expect((await signOutUsers(system, { ids })).refused).toHaveLength(1);
  expect((await getInitialAccessToken(system, { id: tokenId })).status).toBe("active");
  expect((await listInitialAccessTokens(system)).tokens).not.toEqual([]);
  expect((await exportInitialAccessTokens(system)).tokens.map(({ label }) => label)).toContain(name);
  expect((await describeTokenRevocation(system, { ids: [tokenId] })).tokens).toHaveLength(1);
  expect(await revokeInitialAccessTokens(system, { ids: [tokenId, "no id"] })).toEqual({ revoked: 1 });
  expect((await getApplicationAccess(system, { id })).groups).toEqual([]);
  expect((await getApplicationHealth(system, { id })).findings).not.toEqual([]);
  expect((await countApplicationPeople(system, { id })).value).toBe(1);
  expect((await listApplicationPeople(system, { id })).people[0]?.scopes).toEqual([name]);
  await answerGroups(userId);
  await answerLinks(userId);
  expect((await getSettings(system, { section: "email" })).settings).toHaveLength(6);
  const asAdministrator = { ...system, actor: userActor({ id: userId, portalRole: "administrator" }) };
  expect((await sendTestMessage(asAdministrator)).outcome).toBe("not_configured");
  const message = { kind: "test", recipient: name, recipientKey: name, locale: "en", createdAt: at, expiresAt: at };
  const { id: messageId } = await prisma.message.create({ data: message });
  expect((await listMessages(system, { q: name })).messages[0]?.state).toBe("waiting");
  await prisma.message.delete({ where: { id: messageId } });
  expect(await listSigningKeys(system)).not.toEqual([]);
  expect(await listRotatedAlgorithms(system)).not.toEqual([]);

  const test = { applicationId: id, scopes: ["openid"], prompt: "" as const, maxAge: null, responseMode: "" as const };
  const started = await startTestSignIn(person, { ...test, loginHint: "", credential: "a secret" });
  expect((await getTestSignIn(person, started)).report).toBeNull();
  await deleteApplication(person, { id });
  await deleteApi(system, { id: apiId });
  await deleteScope(system, { name });
  expect(await signOutSession(person)).toEqual([]);
  const answering = [...wires].filter(([, { output }]) => output).map(([verb]) => verb);
  expect(answering.filter((verb) => !answered.has(verb) && !Object.hasOwn(elsewhere, verb))).toEqual([]);
});
