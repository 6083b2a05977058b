import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSession } from "@/lib/auth/testing/create-session";
import { currentSettings } from "@/lib/current-settings";
import { createPrismaStores } from "@/lib/db/oauth-store";
import { getPrisma } from "@/lib/db/prisma";
import { addSeconds } from "@/lib/oauth/ports/context";
import { buildCode, buildDevice, buildEvent } from "@/lib/oauth/testing/builders";
import { userActor } from "../context";
import { revokeOtherSessions } from "./revoke-sessions";

/** What an ended session can no longer produce, whatever was in progress. */

const prisma = getPrisma();
const stores = createPrismaStores(prisma, currentSettings());
const unconditionally = { whileConsented: false };
let owner = { userId: "", applicationId: "" };
let sessionId = "";

beforeEach(async () => {
  const name = randomUUID();
  const user = await prisma.user.create({ data: { username: name, usernameKey: name, email: name, emailKey: name } });
  const application = await prisma.application.create({
    data: { clientId: name, name, clientType: "confidential", grantTypes: [] },
  });
  owner = { userId: user.id, applicationId: application.id };
  sessionId = (await createSession(user.id, { ipAddress: null, userAgent: null, browserId: "browser" }, new Date())).id;
});

afterEach(async () => {
  await prisma.application.delete({ where: { id: owner.applicationId } });
  await prisma.auditEvent.deleteMany({ where: { userId: owner.userId } });
  await prisma.user.delete({ where: { id: owner.userId } });
});

const endAll = () =>
  revokeOtherSessions({
    actor: userActor({ id: owner.userId, portalRole: null }),
    sessionId: "00000000-0000-4000-8000-000000000000",
    now: () => new Date(),
    settings: currentSettings(),
  });

function newCode() {
  const createdAt = new Date();
  return buildCode(owner, { sessionId, createdAt, expiresAt: addSeconds(createdAt, 60) });
}

test("no authorization code", async () => {
  expect(await stores.codes.issue(newCode(), unconditionally)).toBe(true);
  await endAll();
  expect(await stores.codes.issue(newCode(), unconditionally)).toBe(false);
});

test("no approval of a device", async () => {
  const at = new Date();
  const claim = async () => {
    const device = buildDevice(owner.applicationId, { createdAt: at, expiresAt: addSeconds(at, 60) });
    const verificationHash = randomUUID();
    await stores.devices.create(device);
    await stores.devices.claim(device.userCodeHash, verificationHash, "browser", at);
    const proof = { sessionId, userId: owner.userId, authenticatedAt: at, amr: ["pwd"] };
    return stores.devices.decide({
      ...proof,
      verificationHash,
      browserHash: "browser",
      decision: "approved",
      at,
      event: buildEvent(),
    });
  };
  expect(await claim()).toBe(true);
  await endAll();
  expect(await claim()).toBe(false);
});

test("a code that is issued while its session ends is either refused or used up", async () => {
  for (let round = 0; round < 20; round++) {
    const session = await createSession(
      owner.userId,
      { ipAddress: null, userAgent: null, browserId: "browser" },
      new Date(),
    );
    sessionId = session.id;
    await Promise.all([...[1, 2, 3].map(() => stores.codes.issue(newCode(), unconditionally)), endAll()]);
    const open = { userId: owner.userId, consumedAt: null };
    expect(await prisma.authorizationCode.count({ where: open })).toBe(0);
  }
});
