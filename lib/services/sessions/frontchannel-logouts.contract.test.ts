import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { createSession } from "@/lib/auth/testing/create-session";
import { getPrisma } from "@/lib/db/prisma";
import { findFrontchannelLogouts } from "./frontchannel-logouts";

const prisma = getPrisma();
const name = randomUUID();

afterAll(async () => {
  await prisma.application.deleteMany({ where: { name } });
  await prisma.user.deleteMany({ where: { username: name } });
  await prisma.$disconnect();
});

test("an address that was stored before hosts were checked doesn't get onto the page", async () => {
  const good = "https://app.example/signed-out";
  const data = { username: name, usernameKey: name, email: name, emailKey: name };
  const { id: userId } = await prisma.user.create({ data });
  const { id: sessionId } = await createSession(
    userId,
    { ipAddress: null, userAgent: null, browserId: "browser" },
    new Date(),
  );
  for (const frontchannelLogoutUri of [good, "https://a.example;sandbox/signed-out"]) {
    const application = { clientId: randomUUID(), name, clientType: "public" } as const;
    await prisma.application.create({
      data: { ...application, grantTypes: [], frontchannelLogoutUri, sessionsTakenPartIn: { create: { sessionId } } },
    });
  }
  expect((await findFrontchannelLogouts(sessionId)).map(({ uri }) => uri)).toEqual([good]);
});
