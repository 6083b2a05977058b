import { randomUUID } from "node:crypto";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { closePasswordPool } from "@/lib/auth/password";
import { findSession } from "@/lib/auth/session-store";
import * as auditLog from "@/lib/db/audit-log";
import { deleteExpiredRows } from "@/lib/db/expired-rows";
import { getPrisma } from "@/lib/db/prisma";
import type { AuditEvent } from "@/lib/oauth/ports/audit-events";
import { addSeconds } from "@/lib/oauth/ports/context";
import { digest } from "@/lib/oauth/wire/digest";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import type { Settings } from "@/lib/settings";
import { type ServiceContext, systemContext } from "../context";
import { ForbiddenError, NotFoundError, ValidationError } from "../errors";
import { acceptInvitation, openInvitation } from "./accept-invitation";
import { createInvitation } from "./create-invitation";
import { listInvitations } from "./list-invitations";
import { resendInvitation } from "./resend-invitation";
import { revokeInvitation } from "./revoke-invitation";

const prisma = getPrisma();
const system = systemContext();
const password = "correct horse battery";
const run = randomUUID().slice(0, 8);
const browser = { browserId: "this browser", findPreviousSession: async () => null };

afterEach(() => vi.restoreAllMocks());

afterAll(async () => {
  await prisma.invitation.deleteMany({ where: { email: { startsWith: run } } });
  await prisma.user.deleteMany({ where: { username: { startsWith: run } } });
  await closePasswordPool();
  await prisma.$disconnect();
});

/** Nobody is signed in, and each has a network of their own. */
function stranger(at = new Date()): ServiceContext {
  return { ...system, actor: null, ipAddress: "192.0.2.1", now: () => at };
}

function newName(): string {
  return `${run}-${randomUUID()}`;
}

async function invite(email = `${newName()}@example.test`) {
  const input = { emails: [email], locale: "de", expiresInDays: 7, delivery: "copy" as const };
  const [invitation] = (await createInvitation(system, input)).invitations;
  return { id: invitation?.id ?? "", email, token: readToken(invitation?.link ?? null) };
}

function readToken(link: string | null): string {
  return link?.split("/invitation/")[1] ?? "";
}

function accept(token: string, context = stranger(), username = newName()) {
  return acceptInvitation(context, { token, username, password, locale: "de" }, browser);
}

/** Makes the database fail at the moment at which this is recorded. */
function failAt(type: AuditEvent["type"]): void {
  const record = async (event: AuditEvent) => {
    if (event.type === type) throw new Error("an outage");
  };
  vi.spyOn(auditLog, "createAuditLog").mockReturnValue({ record });
}

test("the invited get their account and are signed in; a link that was copied doesn't verify the address", async () => {
  const { id, email, token } = await invite();
  expect(await prisma.invitation.findUniqueOrThrow({ where: { id } })).toMatchObject({ tokenHash: digest(token) });
  const { session, account } = await accept(token);
  const user = await prisma.user.findUniqueOrThrow({ where: { id: account.userId } });
  expect(user).toMatchObject({ email, emailVerified: false, locale: "de", portalRole: null });
  expect(await findSession(session.token, browser.browserId, new Date())).toMatchObject({ user: { id: user.id } });
  const events = await prisma.auditEvent.findMany({ where: { userId: user.id }, orderBy: { id: "asc" } });
  expect(events.map(({ type }) => type)).toEqual(["user.created", "invitation.accepted", "sign_in.succeeded"]);
  await expect(accept(token)).rejects.toThrow(NotFoundError);
});

test("a link that was sent to the address verifies it", async () => {
  const { id, token } = await invite();
  await prisma.invitation.update({ where: { id }, data: { emailed: true } });
  const { account } = await accept(token);
  expect((await prisma.user.findUniqueOrThrow({ where: { id: account.userId } })).emailVerified).toBe(true);
});

test("with a mail server the link is sent to the address and shown to nobody, until a copied one replaces it", async () => {
  const context = { ...system, settings: { ...system.settings, mail: {} as NonNullable<Settings["mail"]> } };
  const emails = [`${newName()}@example.test`, `${newName()}@example.test`];
  const input = { emails, locale: "de", expiresInDays: 7, delivery: "email" as const };
  await expect(createInvitation(system, input)).rejects.toThrow(ValidationError);
  const { invitations } = await createInvitation(context, input);
  expect(invitations.map(({ email, link }) => [email, link])).toEqual(emails.map((email) => [email, null]));
  const id = invitations[0]?.id ?? "";
  expect((await resendInvitation(context, { id, delivery: "email" })).link).toBeNull();
  const messages = await prisma.message.findMany({
    where: { recipient: { in: emails } },
    orderBy: { createdAt: "asc" },
  });
  expect(messages.map(({ recipient }) => recipient)).toEqual([...emails, emails[0]]);
  expect(messages[0]).toMatchObject({ kind: "invitation", locale: "de", expiresAt: expect.any(Date) });
  expect(await prisma.invitation.findUniqueOrThrow({ where: { id } })).toMatchObject({ emailed: true });
  await resendInvitation(context, { id, delivery: "copy" });
  expect(await prisma.invitation.findUniqueOrThrow({ where: { id } })).toMatchObject({ emailed: false });
  await prisma.message.deleteMany({ where: { recipient: { in: emails } } });
});

test("of many who use a link at the same time one gets an account", async () => {
  const { email, token } = await invite();
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => accept(token)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await prisma.user.count({ where: { email } })).toBe(1);
});

test("an invitation that is revoked while it is accepted gives an account or is revoked, never both", async () => {
  const invitations = await Promise.all(Array.from({ length: 4 }, () => invite()));
  for (const { id, email, token } of invitations) {
    const [accepted, revoked] = await Promise.allSettled([accept(token), revokeInvitation(system, { ids: [id] })]);
    const wasRevoked = revoked.status === "fulfilled" && revoked.value.revoked === 1;
    expect(accepted.status === "fulfilled").toBe(!wasRevoked);
    expect(await prisma.user.count({ where: { email } })).toBe(wasRevoked ? 0 : 1);
  }
});

test("the account, the session and the use of the link happen together, or not at all", async () => {
  const { email, token } = await invite();
  failAt("sign_in.succeeded");
  await expect(accept(token)).rejects.toThrow("an outage");
  vi.restoreAllMocks();
  expect(await prisma.user.count({ where: { email } })).toBe(0);
  const taken = newName();
  const other = await invite();
  await accept(other.token, stranger(), taken);
  await expect(accept(token, stranger(), taken)).rejects.toThrow(ValidationError);
  await accept(token);
});

test("opening a link changes nothing, and says when the address has an account by now", async () => {
  const { id, email, token } = await invite();
  const before = await prisma.invitation.findUniqueOrThrow({ where: { id } });
  for (let count = 0; count < 3; count++) {
    expect(await openInvitation(stranger(), { token })).toEqual({ email, taken: false });
  }
  expect(await prisma.invitation.findUniqueOrThrow({ where: { id } })).toEqual(before);
  const username = newName();
  const key = email.toUpperCase();
  await prisma.user.create({ data: { username, usernameKey: username, email: key, emailKey: email } });
  expect(await openInvitation(stranger(), { token })).toEqual({ email, taken: true });
  await expect(accept(token)).rejects.toThrow("already taken");
});

test("a link ends with its time, and a resent invitation has a new one for as long again", async () => {
  const { id, token } = await invite();
  const late = addSeconds(new Date(), 7 * 86_400 + 1);
  await expect(openInvitation(stranger(late), { token })).rejects.toThrow(NotFoundError);
  await expect(accept(token, stranger(late))).rejects.toThrow(NotFoundError);
  const resent = await resendInvitation({ ...system, now: () => late }, { id, delivery: "copy" });
  const [fresh, nextDay] = [readToken(resent.link), stranger(addSeconds(late, 86_400))];
  expect((await openInvitation(nextDay, { token: fresh })).taken).toBe(false);
  await expect(openInvitation(nextDay, { token })).rejects.toThrow(NotFoundError);
});

test("an invitation gets five new links in an hour", async () => {
  const { id } = await invite();
  const resend = () => resendInvitation(system, { id, delivery: "copy" });
  for (let count = 0; count < 5; count++) await resend();
  await expect(resend()).rejects.toThrow(TooManyRequestsError);
});

test("what has been accepted or revoked is neither resent nor revoked again", async () => {
  const [accepted, revoked] = [await invite(), await invite()];
  await accept(accepted.token);
  const ids = [accepted.id, revoked.id, randomUUID(), "no ID"];
  expect(await revokeInvitation(system, { ids })).toEqual({ revoked: 1 });
  expect(await revokeInvitation(system, { ids })).toEqual({ revoked: 0 });
  for (const id of ids) {
    await expect(resendInvitation(system, { id, delivery: "copy" })).rejects.toThrow(NotFoundError);
  }
  await expect(openInvitation(stranger(), { token: revoked.token })).rejects.toThrow(NotFoundError);
});

test("an address has one invitation at a time, and none if it has an account", async () => {
  const { email, token, id } = await invite();
  await expect(invite(email.toUpperCase())).rejects.toThrow(/Already invited/);
  await accept(token);
  await expect(invite(email)).rejects.toThrow(/already an account/);
  const expired = await invite();
  await prisma.invitation.update({ where: { id: expired.id }, data: { expiresAt: new Date(0) } });
  await invite(expired.email);
  await expect(resendInvitation(system, { id: expired.id, delivery: "copy" })).rejects.toThrow(NotFoundError);
  const { invitations } = await listInvitations(system);
  const states = new Map(invitations.map((one) => [one.id, one.state]));
  expect([states.get(id), states.get(expired.id)]).toEqual(["accepted", "expired"]);
});

test("of many who invite the same address at the same time one does", async () => {
  const email = `${newName()}@example.test`;
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => invite(email)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(ValidationError);
  }
});

test("many are invited at once, each address once, all or none", async () => {
  const name = newName();
  const input = { locale: "en", expiresInDays: 1, delivery: "copy" as const };
  const emails = [`${name}@a.example`, `  ${name}@b.example`, `${name.toUpperCase()}@A.example`, ""];
  const { invitations } = await createInvitation(system, { ...input, emails });
  expect(invitations.map(({ email }) => email)).toHaveLength(2);
  expect(new Set(invitations.map(({ link }) => link)).size).toBe(2);
  const wrong = [`${name}@c.example`, "not an address", "nor this"];
  await expect(createInvitation(system, { ...input, emails: wrong })).rejects.toThrow("not an address, nor this");
  const many = Array.from({ length: 21 }, (_, index) => `${name}-${index}@d.example`);
  await expect(createInvitation(system, { ...input, emails: many })).rejects.toThrow("at most 20");
  await expect(createInvitation(system, { ...input, emails: [" "] })).rejects.toThrow("Enter an e-mail address.");
  expect(await prisma.invitation.count({ where: { email: { startsWith: name } } })).toBe(1);
});

test("the invited are in the groups that were chosen and still exist", async () => {
  const groups = await prisma.group.createManyAndReturn({
    data: ["kept", "deleted"].map((name) => ({ name: `${run} ${name}`, nameKey: `${run} ${name}` })),
    select: { id: true },
  });
  const [kept, deleted] = groups.map(({ id }) => id);
  const email = `${newName()}@example.test`;
  const input = { emails: [email], locale: "en", expiresInDays: 1, delivery: "copy" as const };
  const groupIds = [kept ?? "", deleted ?? ""];
  const [invitation] = (await createInvitation(system, { ...input, groupIds })).invitations;
  expect((await listInvitations(system, { q: email })).invitations[0]?.groups).toEqual([
    `${run} deleted`,
    `${run} kept`,
  ]);
  await prisma.group.delete({ where: { id: deleted ?? "" } });
  const { account } = await accept(readToken(invitation?.link ?? null));
  const { userId } = account;
  expect(await prisma.groupMember.findMany({ where: { userId }, select: { groupId: true } })).toEqual([
    { groupId: kept },
  ]);
  const where = { userId, type: "invitation.accepted" };
  expect(await prisma.auditEvent.findMany({ where })).toMatchObject([{ details: { groups: [`${run} kept`] } }]);
  const gone = { ...input, emails: [`${newName()}@example.test`], groupIds: [deleted ?? ""] };
  await expect(createInvitation(system, gone)).rejects.toThrow("doesn't exist anymore");
  const manager = { kind: "user" as const, id: userId, permissions: new Set(["invitations:write" as const]) };
  const asManager = { ...system, actor: manager };
  await expect(createInvitation(asManager, { ...gone, groupIds: [kept ?? ""] })).rejects.toThrow(ForbiddenError);
  await prisma.group.delete({ where: { id: kept ?? "" } });
});

test("invitations are deleted a month after they have expired", async () => {
  const [old, recent] = [await invite(), await invite()];
  const daysAgo = (days: number) => addSeconds(new Date(), -days * 86_400);
  await prisma.invitation.update({ where: { id: old.id }, data: { expiresAt: daysAgo(31) } });
  await prisma.invitation.update({ where: { id: recent.id }, data: { expiresAt: daysAgo(29) } });
  await deleteExpiredRows("invitations", system.settings);
  const kept = await prisma.invitation.findMany({ where: { id: { in: [old.id, recent.id] } }, select: { id: true } });
  expect(kept).toEqual([{ id: recent.id }]);
});
