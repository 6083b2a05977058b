import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { closePasswordPool, hashPassword } from "@/lib/auth/password";
import { findSession } from "@/lib/auth/session-store";
import { createSession } from "@/lib/auth/testing/create-session";
import { currentSettings } from "@/lib/current-settings";
import * as auditLog from "@/lib/db/audit-log";
import { getPrisma } from "@/lib/db/prisma";
import type { AuditEvent } from "@/lib/oauth/ports/audit-events";
import { digest } from "@/lib/oauth/wire/digest";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { type ServiceContext, userActor } from "../context";
import { ValidationError } from "../errors";
import { createFirstAdministrator } from "../setup/create-first-administrator";
import * as setupLink from "../setup/setup-link";
import { changeEmail } from "./change-email";
import { changePassword } from "./change-password";
import * as checking from "./check-current-password";

const prisma = getPrisma();
const [password, newPassword] = ["correct horse battery", "another long passphrase"];
const origin = { ipAddress: null, userAgent: null, browserId: "this browser" };
const now = () => new Date("2026-01-01T12:00:00Z");
const stranger: ServiceContext = { actor: null, now, settings: currentSettings() };
const names: string[] = [];
let userId = "";
let context: ServiceContext;

beforeEach(async () => {
  const name = newName();
  const user = { username: name, usernameKey: name, email: name, emailKey: name };
  const hash = await hashPassword(password);
  ({ id: userId } = await prisma.user.create({ data: { ...user, password: { create: hash } } }));
  context = { ...stranger, actor: userActor({ id: userId, portalRole: null }) };
});

afterEach(() => vi.restoreAllMocks());

afterAll(async () => {
  await prisma.user.deleteMany({ where: { username: { in: names } } });
  await closePasswordPool();
  await prisma.$disconnect();
});

function newName(): string {
  const name = randomUUID();
  names.push(name);
  return name;
}

/** Makes the database fail at the moment at which this is recorded. */
function failAt(type: AuditEvent["type"]): void {
  const record = async (event: AuditEvent) => {
    if (event.type === type) throw new Error("an outage");
  };
  vi.spyOn(auditLog, "createAuditLog").mockReturnValue({ record });
}

const readUser = () => prisma.user.findUniqueOrThrow({ where: { id: userId }, include: { password: true } });

test("a new password, the end of every session and the new session happen together, or not at all", async () => {
  const { token } = await createSession(userId, origin, now());
  const before = await readUser();
  failAt("password.changed");
  const change = () => changePassword(context, { currentPassword: password, newPassword }, origin);
  await expect(change()).rejects.toThrow("an outage");
  expect(await readUser()).toEqual(before);
  expect(await findSession(token, origin.browserId, now())).not.toBeNull();
  expect(await prisma.session.count({ where: { userId } })).toBe(1);

  vi.restoreAllMocks();
  const { session, account } = await change();
  expect(await findSession(token, origin.browserId, now())).toBeNull();
  expect(await findSession(session.token, origin.browserId, now())).toMatchObject({ id: session.id });
  expect((await readUser()).password?.generation).toBe(account.passwordGeneration);
});

test("a user who knew the old password can't change the address once there is a new one", async () => {
  const before = await readUser();
  const check = checking.checkCurrentPassword;
  vi.spyOn(checking, "checkCurrentPassword").mockImplementationOnce(async (...args) => {
    await check(...args);
    await changePassword(context, { currentPassword: password, newPassword }, origin);
  });
  const stolen = `${newName()}@example.test`;
  await expect(changeEmail(context, { email: stolen, currentPassword: password })).rejects.toThrow(ValidationError);
  expect((await readUser()).email).toBe(before.email);
  await changeEmail(context, { email: stolen, currentPassword: newPassword });
  expect((await readUser()).email).toBe(stolen);
});

test("an address is changed five times an hour at most: each sends a message to where nobody may have asked for it", async () => {
  const change = (at: Date, email = `${newName()}@example.test`) =>
    changeEmail({ ...context, now: () => at }, { email, currentPassword: password });
  for (let time = 1; time <= 5; time += 1) await change(now());
  const { email } = await readUser();
  await expect(change(now())).rejects.toThrow(TooManyRequestsError);
  expect((await readUser()).email).toBe(email);
  // Nothing is changed, so nothing is counted or refused.
  await change(now(), email);
  await change(new Date(now().getTime() + 3_600_001));
  expect((await readUser()).email).not.toBe(email);
});

test("a password is changed ten times an hour at most: each sends a message", async () => {
  await prisma.rateLimit.create({
    data: {
      keyHash: digest(`password change of ${userId}`),
      attempts: 10,
      windowStartedAt: now(),
      expiresAt: new Date(now().getTime() + 60_000),
    },
  });
  const before = await readUser();
  const changed = changePassword(context, { currentPassword: password, newPassword }, origin);
  await expect(changed).rejects.toThrow(TooManyRequestsError);
  expect(await readUser()).toEqual(before);
});

test("the first administrator exists and is signed in, or neither: the link can be used again", async () => {
  vi.spyOn(setupLink, "isSetupLinkUsable").mockResolvedValue(true);
  const consume = vi.spyOn(setupLink, "consumeSetupLink").mockResolvedValue();
  const browser = { browserId: origin.browserId, findPreviousSession: async () => null };
  const username = newName();
  const input = { username, email: `${username}@example.test`, password };
  const create = () => createFirstAdministrator(stranger, { ...input, token: "a token" }, browser);
  failAt("sign_in.succeeded");
  await expect(create()).rejects.toThrow("an outage");
  expect(await prisma.user.count({ where: { username } })).toBe(0);

  vi.mocked(auditLog.createAuditLog).mockRestore();
  const { session, account } = await create();
  expect(consume).toHaveBeenCalledTimes(2);
  expect(await findSession(session.token, origin.browserId, now())).toMatchObject({
    user: { id: account.userId, username, portalRole: "administrator" as const },
  });
  const events = await prisma.auditEvent.findMany({ where: { userId: account.userId }, orderBy: { id: "asc" } });
  expect(events).toMatchObject([
    { type: "user.created", actorId: null },
    { type: "sign_in.succeeded", actorId: account.userId, details: { sessionId: session.id } },
  ]);
  await prisma.user.delete({ where: { id: account.userId } });
});
