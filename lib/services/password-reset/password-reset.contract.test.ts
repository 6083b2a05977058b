import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, test } from "vitest";
import { closePasswordPool, hashPassword } from "@/lib/auth/password";
import { findSession } from "@/lib/auth/session-store";
import { createSession } from "@/lib/auth/testing/create-session";
import { deleteExpiredRows } from "@/lib/db/expired-rows";
import { getPrisma } from "@/lib/db/prisma";
import { addSeconds } from "@/lib/oauth/ports/context";
import { digest } from "@/lib/oauth/wire/digest";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import type { Settings } from "@/lib/settings";
import { type ServiceContext, systemContext, userActor } from "../context";
import { ForbiddenError, NotFoundError, PasswordConfirmationError, ValidationError } from "../errors";
import { changePassword } from "../users/change-password";
import { createPasswordResetLink } from "./create-password-reset-link";
import { openPasswordResetLink, resetPasswordByLink } from "./reset-password-by-link";

const prisma = getPrisma();
const system = systemContext();
const [oldPassword, newPassword] = ["correct horse battery", "another long passphrase"];
const origin = { ipAddress: null, userAgent: null, browserId: "this browser" };
const run = randomUUID().slice(0, 8);
let userId = "";

beforeEach(async () => {
  const name = `${run}-${randomUUID()}`;
  const user = { username: name, usernameKey: name, email: `${name}@example.test`, emailKey: `${name}@example.test` };
  const hash = await hashPassword(oldPassword);
  ({ id: userId } = await prisma.user.create({ data: { ...user, password: { create: hash } } }));
});

afterAll(async () => {
  await prisma.user.deleteMany({ where: { username: { startsWith: run } } });
  await closePasswordPool();
  await prisma.$disconnect();
});

function stranger(at = new Date()): ServiceContext {
  return { ...system, actor: null, ipAddress: "192.0.2.2", now: () => at };
}

async function createLink(): Promise<string> {
  const { link } = await createPasswordResetLink(system, { userId, delivery: "copy" });
  return link?.split("/reset-password/")[1] ?? "";
}

const reset = (token: string, context = stranger()) => resetPasswordByLink(context, { token, password: newPassword });
const readGeneration = async () => (await prisma.userPassword.findUnique({ where: { userId } }))?.generation;

test("a link changes the password once, ends every session and tells nobody's address to be verified", async () => {
  const { token: session } = await createSession(userId, origin, new Date());
  const token = await createLink();
  expect(await prisma.passwordResetLink.findUniqueOrThrow({ where: { userId } })).toMatchObject({
    tokenHash: digest(token),
  });
  const before = await readGeneration();
  await reset(token);
  expect(await readGeneration()).not.toBe(before);
  expect(await findSession(session, origin.browserId, new Date())).toBeNull();
  expect((await prisma.user.findUniqueOrThrow({ where: { id: userId } })).emailVerified).toBe(false);
  const events = await prisma.auditEvent.findMany({ where: { userId }, orderBy: { id: "asc" } });
  expect(events).toMatchObject([
    { type: "password.reset_link_created" },
    { type: "password.reset", actorId: null, details: { endedSessions: 1 } },
  ]);
  await expect(reset(token)).rejects.toThrow(NotFoundError);
});

test("of many uses of a link at the same time one counts", async () => {
  const token = await createLink();
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => reset(token)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await prisma.auditEvent.count({ where: { userId, type: "password.reset" } })).toBe(1);
});

test("opening a link changes nothing, and a password that won't do leaves it usable", async () => {
  const token = await createLink();
  for (let count = 0; count < 3; count++) await openPasswordResetLink(stranger(), { token });
  await expect(resetPasswordByLink(stranger(), { token, password: "short" })).rejects.toThrow(ValidationError);
  await reset(token);
});

test("a link ends after an hour, and with the next link", async () => {
  const first = await createLink();
  await expect(reset(first, stranger(addSeconds(new Date(), 3601)))).rejects.toThrow(NotFoundError);
  const second = await createLink();
  await expect(reset(first)).rejects.toThrow(NotFoundError);
  await reset(second);
});

test("a link ends when the password changes", async () => {
  const token = await createLink();
  const context = { ...system, actor: userActor({ id: userId, portalRole: null }) };
  await changePassword(context, { currentPassword: oldPassword, newPassword: "a third long passphrase" }, origin);
  await expect(reset(token)).rejects.toThrow(NotFoundError);
});

test("a link that was sent ends when the address changes; using it verifies the address", async () => {
  const token = await createLink();
  const { emailKey } = await prisma.user.findUniqueOrThrow({ where: { id: userId } });
  const sendTo = (key: string) => prisma.passwordResetLink.update({ where: { userId }, data: { emailKey: key } });
  await sendTo("another@example.test");
  await expect(reset(token)).rejects.toThrow(NotFoundError);
  await sendTo(emailKey);
  await reset(token);
  expect((await prisma.user.findUniqueOrThrow({ where: { id: userId } })).emailVerified).toBe(true);
});

test("with a mail server the link is sent to the user's address, and the change is reported there", async () => {
  const context = { ...system, settings: { ...system.settings, mail: {} as NonNullable<Settings["mail"]> } };
  const create = () => createPasswordResetLink(context, { userId, delivery: "email" });
  expect(await create()).toEqual({ link: null });
  const { emailKey } = await prisma.user.findUniqueOrThrow({ where: { id: userId } });
  expect(await prisma.passwordResetLink.findUniqueOrThrow({ where: { userId } })).toMatchObject({ emailKey });
  await reset(await createLink(), { ...stranger(), settings: context.settings });
  const messages = await prisma.message.findMany({ where: { userId }, orderBy: { createdAt: "asc" } });
  expect(messages.map(({ kind, recipient }) => [kind, recipient])).toEqual([
    ["password_reset", emailKey],
    ["password_changed", emailKey],
  ]);
  await prisma.message.deleteMany({ where: { userId } });
});

test("a disabled user gets no link, and theirs can't be used", async () => {
  const token = await createLink();
  await prisma.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
  await expect(reset(token)).rejects.toThrow(NotFoundError);
  await expect(createLink()).rejects.toThrow(ValidationError);
});

test("a link ends with its user", async () => {
  const token = await createLink();
  await prisma.user.delete({ where: { id: userId } });
  await expect(openPasswordResetLink(stranger(), { token })).rejects.toThrow(NotFoundError);
  await expect(createLink()).rejects.toThrow(NotFoundError);
});

test("a link for someone with a portal role needs the permission for that, and a password entered recently", async () => {
  const manager = { kind: "user" as const, id: userId, permissions: new Set(["users:write" as const]) };
  const context = { ...system, actor: manager, passwordConfirmedAt: new Date() };
  const create = (changed = {}) => createPasswordResetLink({ ...context, ...changed }, { userId, delivery: "copy" });
  await create();
  await expect(create({ passwordConfirmedAt: new Date(Date.now() - 3_600_000) })).rejects.toThrow(
    PasswordConfirmationError,
  );
  await prisma.user.update({ where: { id: userId }, data: { portalRole: "auditor" } });
  await expect(create()).rejects.toThrow(ForbiddenError);
  await create({ actor: { ...manager, permissions: new Set(["users:write", "roles:write"] as const) } });
});

test("a user without a password gets one by a link", async () => {
  await prisma.userPassword.delete({ where: { userId } });
  await reset(await createLink());
  expect(await readGeneration()).toBeDefined();
});

test("a user gets five links in an hour", async () => {
  for (let count = 0; count < 5; count++) await createLink();
  await expect(createLink()).rejects.toThrow(TooManyRequestsError);
});

test("links are deleted once they have expired", async () => {
  await createLink();
  await prisma.passwordResetLink.update({ where: { userId }, data: { expiresAt: new Date(Date.now() - 1000) } });
  await deleteExpiredRows("password_reset_links", system.settings);
  expect(await prisma.passwordResetLink.count({ where: { userId } })).toBe(0);
});

test("attempts of those who may not create a link don't use up the limit", async () => {
  await prisma.user.update({ where: { id: userId }, data: { portalRole: "administrator" } });
  const manager = { ...system, actor: userActor({ id: randomUUID(), portalRole: "user_manager" }) };
  const confirmed = { ...manager, passwordConfirmedAt: new Date() };
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    const created = createPasswordResetLink(confirmed, { userId, delivery: "copy" });
    await expect(created).rejects.toThrow(ForbiddenError);
  }
  expect(await createLink()).not.toBe("");
  const nobody = createPasswordResetLink(confirmed, { userId: randomUUID(), delivery: "copy" });
  await expect(nobody).rejects.toThrow(NotFoundError);
});
