import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { actorId } from "../context";
import { endScopes } from "./end-scopes";
import { createActors, registerOwned, removeOwned } from "./testing/owned-applications";

const prisma = getPrisma();

afterAll(removeOwned);

test("OpenID Connect Core §5.5: a scope that ends also ends the grants with its claims by name", async () => {
  const actors = await createActors();
  const [{ id: applicationId }, other] = [await registerOwned(actors), await registerOwned(actors)];
  const userId = actorId(actors.owner) ?? "";
  const at = new Date();
  const times = { createdAt: at, expiresAt: new Date(at.getTime() + 60_000) };
  const grant = async (claims: object | undefined, application = applicationId) => {
    const common = { applicationId: application, userId, claims, ...times };
    const [code, family] = [randomUUID(), randomUUID()];
    const redirect = { redirectUri: "https://app.example/callback", redirectUriSent: true };
    await prisma.authorizationCode.create({ data: { ...common, ...redirect, codeHash: code, scopes: ["openid"] } });
    await prisma.tokenFamily.create({ data: { ...common, id: family, codeHash: family, lastUsedAt: at } });
    return { code, family };
  };
  const ended = [
    await grant({ userinfo: { phone_number: null, name: null } }),
    await grant({ id_token: { phone_number_verified: { essential: true } } }),
  ];
  const kept = [
    await grant(undefined),
    await grant({ userinfo: { name: null } }),
    await grant({ userinfo: { phone_number: null } }, other.id),
  ];
  await prisma.$transaction((tx) => endScopes(tx, applicationId, ["phone", "constructor"], at));
  const codes = await prisma.authorizationCode.findMany({ where: { userId }, select: { codeHash: true } });
  expect(codes.map(({ codeHash }) => codeHash).toSorted()).toEqual(kept.map(({ code }) => code).toSorted());
  const revoked = await prisma.tokenFamily.findMany({
    where: { userId, revokedAt: { not: null } },
    select: { id: true },
  });
  expect(revoked.map(({ id }) => id).toSorted()).toEqual(ended.map(({ family }) => family).toSorted());
});
