import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { findSession } from "@/lib/auth/session-store";
import { createSession } from "@/lib/auth/testing/create-session";
import { getPrisma } from "@/lib/db/prisma";
import { ForbiddenError, NotFoundError, ValidationError } from "../../errors";
import { openPasswordResetLink, resetPasswordByLink } from "../../password-reset/reset-password-by-link";
import { chooseNewPassword } from "../../sessions/choose-new-password";
import { NewPasswordRequiredError } from "../../sessions/complete-sign-in";
import { signInWithPassword } from "../../sessions/sign-in-with-password";
import { addApplication, addUser, password, removeAll, signInAs, system } from "../testing/managed-users";
import { createUser } from "./create-user";
import { deleteUser } from "./delete-user";
import { getUser } from "./get-user";
import { requireNewPassword } from "./require-new-password";
import { setUserNotes } from "./set-user-notes";
import { signOutUser, signOutUsers } from "./sign-out-users";
import { updateUser } from "./update-user";
import { listUserApplications, revokeUserApplication } from "./user-applications";
import { endUserSession, listUserSessions } from "./user-sessions";

const prisma = getPrisma();
const browser = { browserId: "browser", knownAccounts: "", findPreviousSession: async () => null };
const origin = { ipAddress: null, userAgent: null, browserId: browser.browserId };
const created: string[] = [];

afterAll(async () => {
  await prisma.auditEvent.deleteMany({ where: { userId: { in: created } } });
  await prisma.user.deleteMany({ where: { id: { in: created } } });
  await removeAll();
  await prisma.$disconnect();
});

async function create(more: Partial<Parameters<typeof createUser>[1]> = {}) {
  const username = `new-${randomUUID()}`;
  const input = { username, email: `${username}@a.example`, emailVerified: true, ...more };
  const answer = await createUser(await signInAs("user_manager"), input);
  created.push(answer.id);
  return { ...answer, username };
}

const stranger = { ...system, actor: null };
const signIn = (identifier: string, typed: string) =>
  signInWithPassword(stranger, { identifier, password: typed }, browser);

async function requiredOf(identifier: string, typed: string) {
  const error = await signIn(identifier, typed).catch((thrown: unknown) => thrown);
  if (!(error instanceof NewPasswordRequiredError)) throw new Error("No new password is required.");
  return { ...browser, account: error.account };
}

describe("a created user", () => {
  test("gets a password that works once, and has to choose another before a session begins", async () => {
    const { id, temporaryPassword, username } = await create({ name: "Ada", birthdate: "1815-12-10" });
    expect(temporaryPassword).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(await getUser(system, { id })).toMatchObject({
      ...{ name: "Ada", birthdate: "1815-12-10", emailVerified: true, portalRole: null },
      ...{ passwordChangeRequired: true, lastSignInAt: null },
    });
    const required = await requiredOf(username, temporaryPassword ?? "");
    expect(await prisma.session.count({ where: { userId: id } })).toBe(0);
    const choose = (newPassword: string) => chooseNewPassword(stranger, { newPassword }, required);
    await expect(choose(temporaryPassword ?? "")).rejects.toThrow("This is already your password.");
    await expect(choose(username)).rejects.toThrow(ValidationError);
    const signedIn = await choose("another long password");
    expect(await findSession(signedIn?.session.token ?? "", "browser", new Date())).toMatchObject({
      amr: ["pwd"],
      user: { id },
    });
    // The proof was of a password that is gone.
    expect(await choose("a third long password")).toBeNull();
    expect(await signIn(username, temporaryPassword ?? "")).toBeNull();
    expect(await signIn(username, "another long password")).not.toBeNull();
    const { passwordChangeRequired, lastSignInAt } = await getUser(system, { id });
    expect(passwordChangeRequired).toBe(false);
    expect(lastSignInAt).toBeInstanceOf(Date);
  });

  test("gets a link instead, with which they choose their own password within a week", async () => {
    const { id, temporaryPassword, link, username } = await create({ delivery: "copy" });
    expect(temporaryPassword).toBeNull();
    expect(await getUser(system, { id })).toMatchObject({ hasPassword: false, passwordChangeRequired: false });
    const token = link?.split("/reset-password/")[1] ?? "";
    const inAWeek = { ...stranger, now: () => new Date(Date.now() + 7 * 24 * 3600 * 1000 + 1000) };
    await expect(openPasswordResetLink(inAWeek, { token })).rejects.toThrow(NotFoundError);
    expect(await openPasswordResetLink(stranger, { token })).toEqual({ username, isFirst: true });
    await resetPasswordByLink(stranger, { token, password: "a password of my own" });
    expect(await signIn(username, "a password of my own")).not.toBeNull();
    await expect(openPasswordResetLink(stranger, { token })).rejects.toThrow(NotFoundError);
    const events = await prisma.auditEvent.findMany({ where: { userId: id }, orderBy: { id: "asc" } });
    const types = ["user.created", "password.reset_link_created", "password.reset"];
    expect(events.map(({ type }) => type).filter((type) => types.includes(type))).toEqual(types);
  });

  test("gets the link by e-mail if there is a mail server, and isn't created without one", async () => {
    const username = `new-${randomUUID()}`;
    const input = { username, email: `${username}@a.example`, emailVerified: false, delivery: "email" as const };
    await expect(createUser(system, input)).rejects.toThrow(ValidationError);
    expect(await prisma.user.count({ where: { username } })).toBe(0);
    const settings = { ...system.settings, mail: {} as NonNullable<typeof system.settings.mail> };
    const { id, link } = await createUser({ ...system, settings }, input);
    created.push(id);
    expect(link).toBeNull();
    const messages = await prisma.message.findMany({ where: { userId: id } });
    expect(messages).toMatchObject([{ kind: "account_created", recipientKey: input.email }]);
    await prisma.message.deleteMany({ where: { userId: id } });
  });

  test("of two new passwords at the same time one counts", async () => {
    const { id, temporaryPassword, username } = await create();
    const required = await requiredOf(username, temporaryPassword ?? "");
    const both = ["another long password", "a third long password"];
    const answers = await Promise.all(
      both.map((newPassword) => chooseNewPassword(stranger, { newPassword }, required)),
    );
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(await prisma.session.count({ where: { userId: id, endedAt: null } })).toBe(1);
  });

  test("has names that nobody else has, and a password that isn't easy to guess", async () => {
    const { username } = await create();
    await expect(create({ username: username.toUpperCase() })).rejects.toThrow("already taken");
    await expect(create({ email: `${username}@A.example` })).rejects.toThrow("already taken");
    await expect(create({ password: "password" })).rejects.toThrow(ValidationError);
    await expect(create({ locale: "not a language" })).rejects.toThrow(ValidationError);
  });
});

test("a required password ends the sessions, and the next sign-in asks for another one", async () => {
  const id = await addUser();
  const session = await createSession(id, origin, new Date());
  await requireNewPassword(await signInAs("user_manager"), { id });
  expect(await findSession(session.token, "browser", new Date())).toBeNull();
  const { username } = await getUser(system, { id });
  expect((await requiredOf(username, password)).account.userId).toBe(id);
  const { id: without } = await prisma.user.update({ where: { id }, data: { password: { delete: true } } });
  await expect(requireNewPassword(system, { id: without })).rejects.toThrow(ValidationError);
});

test("fields that are sent are changed, and marks end with what they were for", async () => {
  const [id, manager] = [await addUser(), await signInAs("user_manager")];
  const { username, email } = await getUser(system, { id });
  await updateUser(manager, { id, emailVerified: true, phoneNumber: "+44 20 7946 0018", phoneNumberVerified: true });
  await updateUser(manager, { id, name: " Ada " });
  const before = await getUser(system, { id });
  expect(before).toMatchObject({ name: "Ada", username, email, emailVerified: true, phoneNumberVerified: true });
  await updateUser(manager, { id, name: "Ada" });
  expect((await getUser(system, { id })).updatedAt).toEqual(before.updatedAt);
  await updateUser(manager, { id, email: `x${email}`, phoneNumber: "" });
  expect(await getUser(system, { id })).toMatchObject({
    ...{ email: `x${email}`, emailVerified: false, phoneNumber: null, phoneNumberVerified: false },
  });
  await updateUser(manager, { id, email, emailVerified: true });
  expect((await getUser(system, { id })).emailVerified).toBe(true);
  const other = await getUser(system, { id: await addUser() });
  await expect(updateUser(manager, { id, email: other.email })).rejects.toThrow("already taken");
  await expect(updateUser(manager, { id, username: other.email })).rejects.toThrow("A username with @");
  await expect(updateUser(manager, { id, birthdate: "never" })).rejects.toThrow(ValidationError);
  await expect(updateUser(manager, { id: await addUser("auditor"), name: "x" })).rejects.toThrow(ForbiddenError);
  const events = await prisma.auditEvent.findMany({ where: { userId: id, type: "user.updated" } });
  expect(events[1]?.details).toEqual({ fields: ["name"] });
});

test("notes are for those who manage users, and applications don't notice them", async () => {
  const [id, manager] = [await addUser(), await signInAs("user_manager")];
  const { updatedAt } = await getUser(system, { id });
  await setUserNotes(manager, { id, notes: "First line\r\nsecond line  " });
  expect(await getUser(system, { id })).toMatchObject({ notes: "First line\nsecond line", updatedAt });
  await setUserNotes(manager, { id, notes: " " });
  expect((await getUser(system, { id })).notes).toBeNull();
  await expect(setUserNotes(manager, { id, notes: "x".repeat(5001) })).rejects.toThrow(ValidationError);
  await expect(setUserNotes(await signInAs("auditor"), { id, notes: "" })).rejects.toThrow(ForbiddenError);
});

test("sessions are listed and ended, one or all", async () => {
  const [id, manager] = [await addUser(), await signInAs("user_manager")];
  const [first, second] = [await createSession(id, origin, new Date()), await createSession(id, origin, new Date())];
  expect(await listUserSessions(manager, { id })).toHaveLength(2);
  await endUserSession(manager, { id, sessionId: first.id });
  await expect(endUserSession(manager, { id, sessionId: first.id })).rejects.toThrow(NotFoundError);
  await expect(endUserSession(manager, { id: await addUser(), sessionId: second.id })).rejects.toThrow(NotFoundError);
  expect((await listUserSessions(manager, { id })).map((session) => session.id)).toEqual([second.id]);
  await signOutUser(manager, { id });
  expect(await listUserSessions(manager, { id })).toEqual([]);
  const auditor = await addUser("auditor");
  await expect(signOutUser(manager, { id: auditor })).rejects.toThrow(ForbiddenError);
  expect(await signOutUsers(manager, { ids: [id, auditor] })).toEqual({
    ...{ changed: [id], unchanged: [] },
    refused: [{ id: auditor, reason: "not_allowed" }],
  });
  await expect(listUserSessions(manager, { id: randomUUID() })).rejects.toThrow(NotFoundError);
});

test("what a user allowed an application is listed and revoked", async () => {
  const [id, manager, applicationId] = [await addUser(), await signInAs("user_manager"), await addApplication()];
  const at = new Date();
  const consent = { userId: id, applicationId, scopes: ["openid"], createdAt: at, updatedAt: at };
  await prisma.consent.create({ data: consent });
  const { authorizations } = await listUserApplications(manager, { id });
  expect(authorizations.map((one) => one.applicationId)).toEqual([applicationId]);
  await revokeUserApplication(manager, { id, applicationId });
  expect((await listUserApplications(manager, { id })).authorizations).toEqual([]);
  await expect(revokeUserApplication(manager, { id, applicationId })).rejects.toThrow(NotFoundError);
  await expect(revokeUserApplication(manager, { id, applicationId: "x" })).rejects.toThrow(NotFoundError);
});

describe("deleting", () => {
  test("takes what is the user's, notifies applications, and never gives the subject to anyone else", async () => {
    const [id, applicationId] = [await addUser(), await addApplication(null, "https://app.example/logout")];
    const session = await createSession(id, origin, new Date());
    await prisma.sessionParticipant.create({ data: { sessionId: session.id, applicationId } });
    await deleteUser(await signInAs("user_manager"), { id });
    await expect(getUser(system, { id })).rejects.toThrow(NotFoundError);
    expect(await prisma.session.count({ where: { userId: id } })).toBe(0);
    expect(await prisma.logoutDelivery.count({ where: { applicationId, subject: id } })).toBe(1);
    const name = randomUUID();
    const again = { username: name, usernameKey: name, email: name, emailKey: name, subject: id };
    await expect(prisma.user.create({ data: again })).rejects.toMatchObject({ code: "P2002" });
    expect(await prisma.auditEvent.count({ where: { userId: id, type: "user.deleted" } })).toBe(1);
  });

  test("hands the applications over, to someone who can sign in", async () => {
    const [id, newOwnerId, disabled] = [await addUser(), await addUser(), await addUser()];
    await prisma.user.update({ where: { id: disabled }, data: { disabledAt: new Date() } });
    const applicationId = await addApplication(id);
    const refused = [undefined, id, disabled, randomUUID(), "x"];
    for (const newOwner of refused) {
      await expect(deleteUser(system, { id, newOwner })).rejects.toThrow(ValidationError);
    }
    expect((await getUser(system, { id })).disabled).toBeNull();
    await deleteUser(system, { id, newOwner: newOwnerId });
    expect(await prisma.application.findUnique({ where: { id: applicationId } })).toMatchObject({
      ownerId: newOwnerId,
    });
  });

  test("isn't for one's own account, nor for those of others with a portal role", async () => {
    const manager = await signInAs("user_manager");
    const administrator = await signInAs("administrator");
    const own = administrator.actor?.kind === "user" ? administrator.actor.id : "";
    await expect(deleteUser(administrator, { id: own })).rejects.toThrow(ForbiddenError);
    await expect(deleteUser(manager, { id: own })).rejects.toThrow(ForbiddenError);
  });

  test("during a registration leaves no application that nobody owns", async () => {
    for (let round = 0; round < 5; round++) {
      const [id, newOwnerId] = [await addUser(), await addUser()];
      const results = await Promise.allSettled([addApplication(id), deleteUser(system, { id, newOwner: newOwnerId })]);
      const [registered] = results;
      if (registered.status === "fulfilled") {
        const where = { id: registered.value };
        expect(await prisma.application.findUnique({ where })).toMatchObject({ ownerId: newOwnerId });
      }
    }
  });
});
