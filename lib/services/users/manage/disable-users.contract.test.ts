import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { findSession } from "@/lib/auth/session-store";
import { createSession } from "@/lib/auth/testing/create-session";
import { currentSettings } from "@/lib/current-settings";
import { createPrismaStores } from "@/lib/db/oauth-store";
import { getPrisma } from "@/lib/db/prisma";
import { addSeconds } from "@/lib/oauth/ports/context";
import { buildCode, buildIssued, buildSuccessors } from "@/lib/oauth/testing/builders";
import { ForbiddenError, NotFoundError } from "../../errors";
import { completeSignIn } from "../../sessions/complete-sign-in";
import { addApplication, addUser, removeAll, signInAs, system } from "../testing/managed-users";
import { describeDisabling } from "./describe-disabling";
import { disableUser, disableUsers, enableUser, enableUsers } from "./disable-users";

const prisma = getPrisma();
const stores = createPrismaStores(prisma, currentSettings());
const origin = { ipAddress: null, userAgent: null, browserId: "browser" };

afterAll(async () => {
  await removeAll();
  await prisma.$disconnect();
});

/** A user with a session, a code that nobody has redeemed, and a family of tokens. */
async function addSignedIn() {
  const userId = await addUser();
  const applicationId = await addApplication(null, "https://app.example/logout");
  const now = new Date();
  const session = await createSession(userId, origin, now);
  await prisma.sessionParticipant.create({ data: { sessionId: session.id, applicationId } });
  const lifetime = { sessionId: session.id, createdAt: now, expiresAt: addSeconds(now, 60) };
  const [open, redeemed] = [0, 1].map(() => buildCode({ userId, applicationId }, lifetime));
  if (!open || !redeemed) throw new Error("There is no code.");
  for (const code of [open, redeemed]) await stores.codes.issue(code, { whileConsented: false });
  const issued = buildIssued(redeemed);
  await stores.codes.redeem(redeemed.codeHash, issued);
  return { userId, applicationId, session, open, issued };
}

test("disabling ends sessions, codes and tokens, and notifies applications; enabling brings nothing back", async () => {
  const { userId, applicationId, session, open, issued } = await addSignedIn();
  const administrator = await signInAs("administrator");
  await disableUser(administrator, { id: userId, reason: "  Left the company " });
  const user = await prisma.user.findUniqueOrThrow({ where: { id: userId } });
  expect(user).toMatchObject({ disabledReason: "Left the company", disabledAt: expect.any(Date) });
  const isOver = async () => {
    expect(await findSession(session.token, "browser", new Date())).toBeNull();
    expect(await stores.codes.redeem(open.codeHash, buildIssued(open))).toBe(false);
    const token = await stores.tokens.findRefreshToken(issued.refreshToken?.tokenHash ?? "");
    expect(token?.familyRevokedAt).toBeInstanceOf(Date);
  };
  await isOver();
  expect(await prisma.logoutDelivery.count({ where: { applicationId } })).toBe(1);
  await enableUser(administrator, { id: userId });
  expect(await prisma.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({
    disabledAt: null,
    disabledReason: null,
    disabledById: null,
  });
  await isOver();
  const events = await prisma.auditEvent.findMany({ where: { userId }, orderBy: { id: "asc" } });
  expect(events.map(({ type, details }) => [type, details])).toEqual([
    ["user.disabled", { reason: "Left the company" }],
    ["user.enabled", {}],
  ]);
});

describe("races", () => {
  test("a refresh during the disabling gets nothing that lives on", async () => {
    for (let round = 0; round < 10; round++) {
      const { userId, issued } = await addSignedIn();
      const successors = buildSuccessors(issued.family, new Date());
      await Promise.all([
        stores.tokens.rotate(issued.refreshToken?.tokenHash ?? "", successors),
        disableUser(system, { id: userId, reason: "" }),
      ]);
      await enableUser(system, { id: userId });
      const access = await stores.tokens.findAccessToken(successors.accessToken.tokenHash);
      if (access) expect(access.familyRevokedAt).toBeInstanceOf(Date);
      expect(await prisma.tokenFamily.count({ where: { userId, revokedAt: null } })).toBe(0);
    }
  });

  test("a redemption during the disabling gets nothing that lives on", async () => {
    for (let round = 0; round < 10; round++) {
      const { userId, open } = await addSignedIn();
      await Promise.all([
        stores.codes.redeem(open.codeHash, buildIssued(open)),
        disableUser(system, { id: userId, reason: "" }),
      ]);
      expect(await prisma.tokenFamily.count({ where: { userId, revokedAt: null } })).toBe(0);
    }
  });

  test("a sign-in during the disabling leaves no session", async () => {
    for (let round = 0; round < 10; round++) {
      const userId = await addUser();
      const { generation } = await prisma.userPassword.findUniqueOrThrow({ where: { userId } });
      const proof = { method: "pwd" as const, account: { userId, passwordGeneration: generation } };
      const browser = { browserId: "browser", findPreviousSession: async () => null };
      await Promise.all([
        completeSignIn({ ...system, actor: null }, [proof], browser),
        disableUser(system, { id: userId, reason: "" }),
      ]);
      expect(await prisma.session.count({ where: { userId, endedAt: null } })).toBe(0);
    }
  });
});

describe("who may not be disabled", () => {
  test("oneself, who doesn't exist, and, by a user manager, who holds a portal role", async () => {
    const manager = await signInAs("user_manager");
    const administrator = await signInAs("administrator");
    const auditor = await addUser("auditor");
    const own = administrator.actor?.kind === "user" ? administrator.actor.id : "";
    await expect(disableUser(administrator, { id: own, reason: "" })).rejects.toThrow(ForbiddenError);
    await expect(disableUser(manager, { id: auditor, reason: "" })).rejects.toThrow(ForbiddenError);
    await expect(disableUser(manager, { id: randomUUID(), reason: "" })).rejects.toThrow(NotFoundError);
    await expect(disableUser(manager, { id: "x", reason: "" })).rejects.toThrow(NotFoundError);
    await disableUser(administrator, { id: auditor, reason: "" });
    await expect(enableUser(manager, { id: auditor })).rejects.toThrow(ForbiddenError);
  });

  test("of many, each is reported, and the others are disabled in the same transaction", async () => {
    const manager = await signInAs("user_manager");
    const [first, second, auditor, unknown] = [
      await addUser(),
      await addUser(),
      await addUser("auditor"),
      randomUUID(),
    ];
    await disableUser(manager, { id: second, reason: "" });
    const ids = [first, second, auditor, unknown, "no id", first];
    const own = manager.actor?.kind === "user" ? manager.actor.id : "";
    const described = await describeDisabling(manager, { ids: [...ids, own] });
    expect(described).toMatchObject({ users: [{ id: first }], others: 5, sessions: 0 });
    const report = await disableUsers(manager, { ids, reason: "Season is over" });
    expect(report).toEqual({
      changed: [first],
      unchanged: [second],
      refused: [
        { id: auditor, reason: "not_allowed" },
        { id: unknown, reason: "not_found" },
        { id: "no id", reason: "not_found" },
      ],
    });
    const { disabledReason } = await prisma.user.findUniqueOrThrow({ where: { id: first } });
    expect(disabledReason).toBe("Season is over");
    const enabled = await enableUsers(manager, { ids: [first, second] });
    expect(enabled.changed.toSorted()).toEqual([first, second].toSorted());
    const events = await prisma.auditEvent.findMany({ where: { userId: first, type: "user.disabled" } });
    expect(events.map(({ details }) => details)).toEqual([{ reason: "Season is over" }]);
  });
});
