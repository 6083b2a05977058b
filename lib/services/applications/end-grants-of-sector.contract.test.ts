import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { actorId } from "../context";
import type { ApplicationInput } from "./settings/application-schema";
import { type Actors, createActors, registerOwned, removeOwned, webApplication } from "./testing/owned-applications";
import { updateApplication } from "./update-application";

const prisma = getPrisma();
const pairwise: ApplicationInput = { ...webApplication, subjectType: "pairwise" };
const foreign = { redirectUris: ["https://victim.example/callback"] };

afterAll(removeOwned);

/** A code, two devices, one of them undecided, a grant, and a session in which the application takes part. */
async function seedGrants({ owner }: Actors, applicationId: string): Promise<void> {
  const userId = actorId(owner) ?? "";
  const [createdAt, expiresAt] = [new Date(), new Date(Date.now() + 600_000)];
  const times = { createdAt, expiresAt };
  const grant = { applicationId, userId, scopes: ["openid"] };
  await prisma.authorizationCode.create({
    data: {
      ...grant,
      ...times,
      codeHash: randomUUID(),
      redirectUri: "https://app.example/callback",
      redirectUriSent: true,
    },
  });
  for (const decision of ["approved", null] as const) {
    const device = { applicationId, scopes: ["openid"], ...times, pollingInterval: 5 };
    const hashes = { deviceCodeHash: randomUUID(), userCodeHash: randomUUID() };
    await prisma.deviceAuthorization.create({ data: { ...device, ...hashes, decision, userId: decision && userId } });
  }
  const family = { id: randomUUID(), codeHash: randomUUID(), applicationId, userId, ...times, lastUsedAt: createdAt };
  await prisma.tokenFamily.create({ data: family });
  const { id: sessionId } = await prisma.session.create({
    data: {
      userId,
      tokenHash: randomUUID(),
      ...times,
      ...{ authenticatedAt: createdAt, lastSeenAt: createdAt },
    },
    select: { id: true },
  });
  await prisma.sessionParticipant.create({ data: { sessionId, applicationId } });
}

/** What is left of them, and the audit log's details of the change. */
async function readGrants(applicationId: string) {
  const unused = { where: { applicationId, consumedAt: null } };
  const event = await prisma.auditEvent.findFirst({ where: { applicationId, type: "application.updated" } });
  return {
    codes: await prisma.authorizationCode.count(unused),
    devices: await prisma.deviceAuthorization.count(unused),
    families: await prisma.tokenFamily.count({ where: { applicationId, revokedAt: null } }),
    participants: await prisma.sessionParticipant.count({ where: { applicationId } }),
    ended: (event?.details as { endedGrants?: number } | null)?.endedGrants,
  };
}

const all = { codes: 1, devices: 2, families: 1, participants: 1, ended: undefined };
const none = { codes: 0, devices: 0, families: 0, participants: 0, ended: 1 };
const bothGrants: ApplicationInput["grantTypes"] = ["authorization_code", deviceCodeGrant];

test.each<[name: string, before: ApplicationInput, after: ApplicationInput, left: object]>([
  ["a redirect URI on another host", pairwise, { ...pairwise, ...foreign }, none],
  ["no device grant any more", { ...pairwise, grantTypes: bothGrants }, pairwise, none],
  ["pairwise subjects from now on", { ...webApplication, ...foreign }, { ...pairwise, ...foreign }, none],
  ["another path", pairwise, { ...pairwise, redirectUris: ["https://app.example/other"] }, all],
  ["another name", pairwise, { ...pairwise, requirePkce: true }, all],
  ["public subjects from now on", pairwise, webApplication, all],
  ["another host with public subjects", webApplication, { ...webApplication, ...foreign }, all],
])("OpenID Connect Core §8.1: %s, and what is left of earlier grants", async (_name, before, after, left) => {
  const actors = await createActors();
  const { id } = await registerOwned(actors, before);
  await seedGrants(actors, id);
  await updateApplication(actors.owner, { ...after, id });
  expect(await readGrants(id)).toEqual(left);
});
