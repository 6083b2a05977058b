import { generateKeyPairSync, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext } from "../../context";
import { ValidationError } from "../../errors";
import type { Permission } from "../../permissions";
import { addClientSecret } from "../credentials/client-secrets";
import { rollClientSecret } from "../credentials/roll-client-secret";
import { getApplication } from "../get-application";
import { type Actors, createActors, registerOwned, removeOwned, webApplication } from "../testing/owned-applications";
import { updateApplication } from "../update-application";
import { type ApplicationInput, applicationSchema } from "./application-schema";
import { listPrivateSchemes, permitFields } from "./permit-fields";

const prisma = getPrisma();
const restricted = `restricted-${randomUUID()}`;
const system = systemContext();
const elsewhere = ["https://elsewhere.example/callback"];
const granted = { ...webApplication, skipConsent: true, allowedScopes: ["openid", restricted] };
let actors: Actors;

beforeAll(async () => {
  actors = await createActors();
  await prisma.scope.create({ data: { name: restricted, description: "Do much", isRestricted: true } });
});

afterAll(async () => {
  await prisma.scope.delete({ where: { name: restricted } });
  await removeOwned();
});

/** The owner's application with everything that an administrator can grant. */
async function grantEverything(change: Partial<ApplicationInput> = {}): Promise<string> {
  const { id } = await registerOwned(actors);
  await updateApplication(actors.administrator, { id, ...granted, ...change });
  return id;
}

const stateOf = async (id: string) => {
  const { skipConsent, allowedScopes, redirectUris } = await getApplication(system, { id });
  return { skipConsent, allowedScopes, redirectUris };
};

describe("RFC 8252 §7.1: an app's own scheme without a dot", () => {
  const own = { ...webApplication, redirectUris: ["myapp://host/callback"] };

  test("has to be allowed by an administrator, unless it is on the list", async () => {
    const { id } = await registerOwned(actors);
    for (const field of ["redirectUris", "postLogoutRedirectUris"] as const) {
      await expect(
        updateApplication(actors.owner, { id, ...webApplication, [field]: own.redirectUris }),
      ).rejects.toMatchObject({
        fieldErrors: { [field]: [expect.stringMatching(/^myapp:.* must be a reversed domain name/)] },
      });
    }
    await updateApplication(actors.owner, { id, ...webApplication, redirectUris: ["cursor://x/cb"] });
    await updateApplication(actors.administrator, { ...own, id });
    expect((await getApplication(system, { id })).redirectUris).toEqual(own.redirectUris);
  });

  test("can be used by its owner once it is allowed", async () => {
    const { id } = await registerOwned(actors);
    await updateApplication(actors.administrator, { ...own, id });
    await updateApplication(actors.owner, { id, ...own, redirectUris: [...own.redirectUris, "myapp://other"] });
    await expect(updateApplication(actors.owner, { id, ...own, redirectUris: ["yourapp:/cb"] })).rejects.toThrow();
  });

  test("can be used by its owner if it is allowed only for signing out", async () => {
    const { id } = await registerOwned(actors);
    const allowed = { ...webApplication, postLogoutRedirectUris: ["myapp:/bye"] };
    await updateApplication(actors.administrator, { ...allowed, id });
    await updateApplication(actors.owner, { id, ...allowed, requirePkce: true });
    const application = await getApplication(system, { id });
    expect(application).toMatchObject({ postLogoutRedirectUris: ["myapp:/bye"], requirePkce: true });
    // The form in the browser refuses no more than the server does.
    expect(listPrivateSchemes(system, application)).toContain("myapp");
    const other = { ...allowed, postLogoutRedirectUris: ["yourapp:/bye"] };
    await expect(updateApplication(actors.owner, { ...other, id })).rejects.toThrow();
  });
});

test("a profile counts as an administrator's only if the actor may grant privileges", async () => {
  const fields = applicationSchema({ allowHttp: false }).parse(webApplication);
  const profiled = { ...fields, securityProfile: "fapi2_security" } as const;
  const set = async (...permissions: Permission[]) => {
    const actor = { kind: "credential", id: randomUUID(), permissions: new Set(permissions) } as const;
    return (await permitFields({ ...system, actor }, prisma, profiled, null)).securityProfileSetBy;
  };
  expect(await set("applications:write")).toBe("owner");
  expect(await set("applications:write", "applications:grant_privileges")).toBe("administrator");
});

describe("what an administrator granted", () => {
  test("stays as long as its owner changes nothing that it was granted for", async () => {
    const id = await grantEverything();
    expect(await updateApplication(actors.owner, { id, ...granted, requirePkce: true })).toEqual({
      fields: [],
      restrictedScopes: [],
    });
    const { secretId } = await addClientSecret(actors.owner, { applicationId: id, label: "", expiresInDays: 0 });
    await rollClientSecret(actors.owner, { applicationId: id, secretId, overlapHours: "0", expiresInDays: 0 });
    expect(await stateOf(id)).toMatchObject({ skipConsent: true, allowedScopes: ["openid", restricted] });
  });

  test("ends with what it was granted for, in one step, and the audit log says so", async () => {
    const id = await grantEverything();
    const ended = { fields: ["skipConsent"], restrictedScopes: [restricted] };
    expect(await updateApplication(actors.owner, { id, ...granted, redirectUris: elsewhere })).toEqual(ended);
    expect(await stateOf(id)).toEqual({ skipConsent: false, allowedScopes: ["openid"], redirectUris: elsewhere });
    const event = await prisma.auditEvent.findFirstOrThrow({
      where: { applicationId: id, type: "application.updated" },
      orderBy: { id: "desc" },
    });
    expect(event.details).toEqual({
      before: { skipConsent: true, allowedScopes: granted.allowedScopes, redirectUris: webApplication.redirectUris },
      after: { skipConsent: false, allowedScopes: ["openid"], redirectUris: elsewhere },
      ended,
    });
    const back = updateApplication(actors.owner, { id, ...granted, redirectUris: webApplication.redirectUris });
    await expect(back).rejects.toThrow(ValidationError);
  });

  test.each([
    ["an administrator", () => actors.administrator],
    ["a command", () => system],
  ])("stays when %s changes the application", async (_name, actor) => {
    const id = await grantEverything();
    await updateApplication(actor(), { id, ...granted, redirectUris: elsewhere });
    expect(await stateOf(id)).toMatchObject({ skipConsent: true, allowedScopes: ["openid", restricted] });
  });

  test("doesn't leave an application with every scope because its only one has ended", async () => {
    const id = await grantEverything({ allowedScopes: [restricted] });
    const change = { ...granted, allowedScopes: [restricted], redirectUris: elsewhere };
    await expect(updateApplication(actors.owner, { ...change, id })).rejects.toThrow("Choose another scope");
    expect(await stateOf(id)).toMatchObject({ skipConsent: true, redirectUris: webApplication.redirectUris });
  });

  test("never stays with redirect URIs that no administrator has seen", async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => registerOwned(actors)));
    await Promise.all(
      ids.map(async ({ id }, index) => {
        if (index % 2 === 0) await updateApplication(actors.administrator, { ...granted, id });
        await Promise.allSettled([
          updateApplication(actors.owner, { id, ...granted, skipConsent: index % 2 === 0, redirectUris: elsewhere }),
          updateApplication(actors.administrator, { ...granted, id }),
          updateApplication(actors.owner, { id, ...granted, redirectUris: elsewhere }),
        ]);
        const { skipConsent, allowedScopes, redirectUris } = await stateOf(id);
        if (redirectUris[0] === elsewhere[0])
          expect({ skipConsent, allowedScopes }).toEqual({ skipConsent: false, allowedScopes: ["openid"] });
      }),
    );
  });
});

test("if it includes a restricted scope, ends codes, devices and tokens that have it, and no others", async () => {
  const id = await grantEverything();
  const { id: userId } = await prisma.user.findFirstOrThrow({ where: { applications: { some: { id } } } });
  const times = { createdAt: new Date(), expiresAt: new Date(Date.now() + 60_000) };
  const createAll = async (scopes: string[]) => {
    const family = {
      id: randomUUID(),
      applicationId: id,
      userId,
      codeHash: randomUUID(),
      lastUsedAt: new Date(),
      ...times,
    };
    const token = { scopes, ...times };
    await prisma.tokenFamily.create({
      data: { ...family, refreshTokens: { create: { ...token, tokenHash: randomUUID() } } },
    });
    await prisma.accessToken.create({ data: { ...token, tokenHash: randomUUID(), applicationId: id } });
    const code = { redirectUri: "https://app.example/callback", redirectUriSent: true, userId };
    await prisma.authorizationCode.create({ data: { ...token, ...code, codeHash: randomUUID(), applicationId: id } });
    const device = { deviceCodeHash: randomUUID(), userCodeHash: randomUUID(), pollingInterval: 5 };
    await prisma.deviceAuthorization.create({ data: { ...token, ...device, applicationId: id } });
    return family.id;
  };
  const [ended, kept] = [await createAll(["openid", restricted]), await createAll(["openid"])];
  await updateApplication(actors.owner, { id, ...granted, redirectUris: elsewhere });
  const where = { applicationId: id };
  const families = await prisma.tokenFamily.findMany({ where, select: { id: true, revokedReason: true } });
  expect(new Map(families.map((family) => [family.id, family.revokedReason]))).toEqual(
    new Map([
      [ended, "scope_ended"],
      [kept, null],
    ]),
  );
  const left = [{ scopes: ["openid"] }];
  expect(await prisma.accessToken.findMany({ where: { ...where, revokedAt: null } })).toMatchObject(left);
  expect(await prisma.authorizationCode.findMany({ where })).toMatchObject(left);
  expect(await prisma.deviceAuthorization.findMany({ where })).toMatchObject(left);
});

describe("a security profile", () => {
  const jwk = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const profiled = {
    ...webApplication,
    tokenEndpointAuthMethod: "private_key_jwt" as const,
    jwks: { keys: [jwk] },
    securityProfile: "fapi2_security" as const,
  };
  const without = { ...profiled, securityProfile: null };
  const profileOf = async (id: string) => (await getApplication(system, { id })).securityProfile;

  test("set by an administrator stays until an administrator removes it", async () => {
    const { id } = await registerOwned(actors);
    await updateApplication(actors.administrator, { ...profiled, id });
    for (const change of [without, { ...profiled, securityProfile: "fapi2_message_signing" as const }]) {
      await expect(updateApplication(actors.owner, { ...change, id })).rejects.toThrow("An administrator set this");
    }
    await updateApplication(actors.owner, { id, ...profiled, redirectUris: elsewhere });
    expect(await profileOf(id)).toBe("fapi2_security");
    await updateApplication(actors.administrator, { ...without, id });
    expect(await profileOf(id)).toBeNull();
  });

  test("chosen by its owner can be changed by its owner, even after an administrator has saved the form", async () => {
    const { id } = await registerOwned(actors, profiled);
    await updateApplication(actors.administrator, { ...profiled, id });
    await updateApplication(actors.owner, { ...without, id });
    expect(await profileOf(id)).toBeNull();
  });

  test("of unknown origin counts as an administrator's", async () => {
    const { id } = await registerOwned(actors, profiled);
    await prisma.application.update({ where: { id }, data: { securityProfileSetBy: null } });
    await expect(updateApplication(actors.owner, { ...without, id })).rejects.toThrow(ValidationError);
  });
});
