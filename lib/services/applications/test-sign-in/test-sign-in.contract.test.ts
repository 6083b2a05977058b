import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { NotFoundError, UnauthenticatedError } from "../../errors";
import { type Actors, createActors, registerOwned, removeOwned } from "../testing/owned-applications";
import { answerAt, failed, openBrowser, publicClient, run, start, type TestBrowser } from "../testing/tested-sign-ins";
import { finishTestSignIn } from "./finish-test-sign-in";
import { getTestSignIn } from "./get-test-sign-in";

const prisma = getPrisma();
let actors: Actors;
let browsers: Record<"owner" | "administrator", TestBrowser>;
const owner = () => ({ context: actors.owner, browser: browsers.owner });

beforeAll(async () => {
  actors = await createActors();
  const [own, administrators] = await Promise.all([openBrowser(actors.owner), openBrowser(actors.administrator)]);
  browsers = { owner: own, administrator: administrators };
});

afterAll(removeOwned);

describe("a whole test", () => {
  test.each([
    ["of a public client", publicClient, {}],
    ["of a client with a secret", {}, {}],
    ["by client_secret_post", { tokenEndpointAuthMethod: "client_secret_post" as const }, {}],
    ["with a form", {}, { responseMode: "form_post" as const }],
    ["with a signed response", {}, { responseMode: "query.jwt" as const }],
    ["with a pushed request", { requirePushedAuthorizationRequests: true }, {}],
    ["with bound tokens", { dpopBoundAccessTokens: true }, {}],
    ["with signed userinfo and max_age", { userinfoSignedResponseAlg: "ES256" as const }, { maxAge: 3600 }],
    ["with ES256 and pairwise subjects", { idTokenSignedResponseAlg: "ES256", subjectType: "pairwise" } as const, {}],
  ])("%s passes every check, and leaves no token behind", async (_name, settings, change) => {
    const application = await registerOwned(actors, settings);
    const { report } = (await run(owner(), application, change)).test;
    expect(report?.problem).toBeNull();
    const checks = [report?.checks, report?.idToken?.checks, report?.userinfo?.checks];
    expect(checks.map(failed)).toEqual([[], [], []]);
    expect(report?.idToken?.checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["signature", "iss", "aud", "exp", "iat", "nonce"]),
    );
    expect(report?.granted).toEqual({ scopes: ["openid"], consent: "now" });
    expect(report?.legs.map(({ name }) => name)).toEqual([
      ...("requirePushedAuthorizationRequests" in settings ? ["pushing"] : []),
      ...["authorization", "token", "userinfo"],
    ]);
    const families = await prisma.tokenFamily.findMany({ where: { applicationId: application.id } });
    expect(families.map(({ revokedReason }) => revokedReason)).toEqual(["token_revoked"]);
  });

  test("tells earlier consent from that of the test", async () => {
    const application = await registerOwned(actors, { ...publicClient, redirectUris: ["https://app.example/"] });
    expect((await run(owner(), application)).test.report?.granted?.consent).toBe("now");
    const again = (await run(owner(), application)).test.report?.granted?.consent;
    // A public client is recognized by its redirect URI, which only https assures.
    expect(again).toBe(actors.owner.settings.publicUrl.startsWith("https:") ? "before" : "now");
  });

  test("keeps neither token, code nor secret, sealed or not, and changes no redirect URI", async () => {
    const application = await registerOwned(actors);
    const { test: shown, parameters } = await run(owner(), application);
    const text = JSON.stringify(shown);
    expect(text).not.toContain(application.clientSecret);
    expect(text).not.toContain(parameters.code);
    expect(text).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\./);
    const [row] = await prisma.testSignIn.findMany({ where: { applicationId: application.id } });
    expect(JSON.stringify(row)).not.toMatch(/openid|code_verifier|codeVerifier/);
    const uris = await prisma.redirectUri.findMany({ where: { applicationId: application.id } });
    expect(uris.map(({ uri }) => uri)).toEqual(["https://app.example/callback"]);
    const events = await prisma.auditEvent.findMany({ where: { applicationId: application.id } });
    const types = events.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["application.sign_in_tested", "token.revoked"]));
    expect(JSON.stringify(events)).not.toContain(application.clientSecret);
  });
});

describe("an answer", () => {
  test("is taken once, however many arrive at the same time", async () => {
    const application = await registerOwned(actors);
    const credential = application.clientSecret ?? "";
    const { id, location } = await start(actors.owner, application, { credential });
    const parameters = await answerAt(location, browsers.owner);
    await Promise.all(Array.from({ length: 20 }, () => finishTestSignIn(actors.owner, { id, parameters, credential })));
    await finishTestSignIn(actors.owner, { id, parameters: { error: "access_denied" }, credential });
    const { report } = await getTestSignIn(actors.owner, { id });
    expect(report?.problem).toBeNull();
    const where = { applicationId: application.id };
    expect(await prisma.tokenFamily.count({ where })).toBe(1);
    expect(await prisma.auditEvent.count({ where: { ...where, type: "authorization_code.replayed" } })).toBe(0);
    // Nor does the address take part in another sign-in.
    await expect(answerAt(location, browsers.owner)).rejects.toThrow("redirect_uri_unregistered");
  });

  test("isn't taken from another user, or from nobody, and is still the owner's afterwards", async () => {
    const application = await registerOwned(actors, publicClient);
    const { id, location } = await start(actors.owner, application);
    const parameters = await answerAt(location, browsers.owner);
    const arrived = { id, parameters, credential: "" };
    await expect(finishTestSignIn(actors.administrator, arrived)).rejects.toThrow(NotFoundError);
    await expect(getTestSignIn(actors.administrator, { id })).rejects.toThrow(NotFoundError);
    await expect(finishTestSignIn({ ...actors.owner, actor: null }, arrived)).rejects.toThrow(UnauthenticatedError);
    await finishTestSignIn(actors.owner, arrived);
    expect((await getTestSignIn(actors.owner, { id })).report?.problem).toBeNull();
  });

  test("isn't taken after the test's time, and nothing is shown", async () => {
    const application = await registerOwned(actors, publicClient);
    const { id, location } = await start(actors.owner, application);
    const parameters = await answerAt(location, browsers.owner);
    const later = { ...actors.owner, now: () => new Date(Date.now() + 600_000) };
    await expect(finishTestSignIn(later, { id, parameters, credential: "" })).rejects.toThrow(NotFoundError);
    await expect(getTestSignIn(later, { id })).rejects.toThrow(NotFoundError);
  });

  test("isn't taken from a user who may no longer change the application", async () => {
    const application = await registerOwned(actors, publicClient);
    const { id, location } = await start(actors.owner, application);
    const parameters = await answerAt(location, browsers.owner);
    await prisma.application.update({ where: { id: application.id }, data: { ownerId: null } });
    await expect(finishTestSignIn(actors.owner, { id, parameters, credential: "" })).rejects.toThrow(NotFoundError);
  });

  test("with another state or issuer isn't trusted, and its code isn't redeemed", async () => {
    const application = await registerOwned(actors, publicClient);
    for (const change of [{ state: "another" }, { iss: "https://elsewhere.example" }, { iss: undefined }]) {
      const { id, location } = await start(actors.owner, application);
      const changed = { ...(await answerAt(location, browsers.owner)), ...change };
      const sent = Object.entries(changed).filter((entry): entry is [string, string] => entry[1] !== undefined);
      await finishTestSignIn(actors.owner, { id, parameters: Object.fromEntries(sent), credential: "" });
      const { report } = await getTestSignIn(actors.owner, { id });
      expect(report?.problem?.error).toBe("invalid_response");
      expect(failed(report?.checks)).toEqual([change.state ? "state" : "issuer"]);
    }
    expect(await prisma.tokenFamily.count({ where: { applicationId: application.id } })).toBe(0);
  });

  test("that is signed by someone else isn't trusted", async () => {
    const application = await registerOwned(actors);
    const credential = application.clientSecret ?? "";
    const { id } = await start(actors.owner, application, { responseMode: "query.jwt", credential });
    await finishTestSignIn(actors.owner, { id, parameters: { response: "eyJhbGciOiJub25lIn0.e30." }, credential });
    const { report } = await getTestSignIn(actors.owner, { id });
    expect([report?.problem?.error, failed(report?.checks)]).toEqual(["invalid_response", ["signedResponse"]]);
  });
});
