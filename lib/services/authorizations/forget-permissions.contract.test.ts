import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { forgetPermissions } from "./forget-permissions";

const prisma = getPrisma();
const suffix = randomUUID();

afterAll(async () => {
  await prisma.application.deleteMany({ where: { clientId: { endsWith: suffix } } });
  await prisma.user.deleteMany({ where: { usernameKey: { endsWith: suffix } } });
  await prisma.$disconnect();
});

test.each([
  ["a scope", { scope: `read-${suffix}` }, ["other", `other https://${suffix}.example/`, `other ${suffix}`]],
  [
    "an API",
    { resource: `https://${suffix}.example/` },
    ["other", `other ${suffix}`, `read-${suffix}`, `read-${suffix} ${suffix}`],
  ],
])("%s that is gone is in no consent, the rest stays", async (label, about, rest) => {
  const key = `${label.replace(" ", "-")}-${suffix}`;
  const user = { username: key, usernameKey: key, email: `${key}@a.example`, emailKey: `${key}@a.example` };
  const { id: userId } = await prisma.user.create({ data: user, select: { id: true } });
  const application = { clientId: key, name: key, clientType: "public" as const, grantTypes: [] };
  const { id: applicationId } = await prisma.application.create({ data: application, select: { id: true } });
  const scopes = ["other", `read-${suffix}`].flatMap((scope) => [
    scope,
    `${scope} https://${suffix}.example/`,
    `${scope} ${suffix}`,
  ]);
  const at = new Date();
  await prisma.consent.create({ data: { userId, applicationId, scopes, createdAt: at, updatedAt: at } });
  await forgetPermissions(prisma, about);
  const kept = await prisma.consent.findFirstOrThrow({ where: { userId } });
  expect([...kept.scopes].sort()).toEqual([...rest].sort());
});
