import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { NotFoundError, ValidationError } from "../../errors";
import { type Actors, createActors, registerOwned, removeOwned } from "../testing/owned-applications";
import { answerAt, openBrowser, publicClient, run, start, type TestBrowser } from "../testing/tested-sign-ins";
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

describe("says where it ended", () => {
  test("a wrong secret, with the reason that only the log has", async () => {
    const application = await registerOwned(actors);
    const { test: shown } = await run(owner(), application, { credential: "not the secret" });
    expect(shown.report?.problem).toMatchObject({ leg: "token", error: "invalid_client", reason: "wrong secret" });
    expect(JSON.stringify(shown)).not.toContain("not the secret");
  });

  test("a refusal of the user", async () => {
    const application = await registerOwned(actors, publicClient);
    const { id, location } = await start(actors.owner, application);
    const parameters = await answerAt(location, browsers.owner, "denied");
    await finishTestSignIn(actors.owner, { id, parameters, credential: "" });
    expect((await getTestSignIn(actors.owner, { id })).report?.problem).toMatchObject({
      leg: "authorization",
      error: "access_denied",
    });
  });

  test("a key that only the application has", async () => {
    const jwks = {
      keys: [
        {
          kty: "EC",
          crv: "P-256",
          x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
          y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        },
      ],
    };
    const application = await registerOwned(actors, { tokenEndpointAuthMethod: "private_key_jwt", jwks });
    const { test: shown } = await run(owner(), application);
    expect(shown.report?.problem?.error).toBe("no_credential");
    expect(shown.report?.received.map(({ name }) => name)).toContain("code");
    const pushing = await registerOwned(actors, {
      ...{ tokenEndpointAuthMethod: "private_key_jwt", jwks },
      requirePushedAuthorizationRequests: true,
    });
    await expect(start(actors.owner, pushing)).rejects.toThrow(ValidationError);
  });

  test("a user of none of the application's groups", async () => {
    const application = await registerOwned(actors, publicClient);
    await prisma.application.update({ where: { id: application.id }, data: { accessRestricted: true } });
    const { location } = await start(actors.owner, application);
    await expect(answerAt(location, browsers.owner)).rejects.toThrow("no-access");
  });
});

describe("is started", () => {
  test("by whoever may change the application, and by nobody else", async () => {
    const application = await registerOwned(actors, publicClient);
    const stranger = await createActors();
    await start(actors.administrator, application, {});
    await expect(start(stranger.owner, application, {})).rejects.toThrow(NotFoundError);
    await expect(start(actors.owner, { id: randomUUID() })).rejects.toThrow(NotFoundError);
  });

  test("at a callback that is for its user and its application alone", async () => {
    const [application, other] = [await registerOwned(actors, publicClient), await registerOwned(actors, publicClient)];
    const { location } = await start(actors.owner, application);
    await expect(answerAt(location, browsers.administrator)).rejects.toThrow("test_of_other_user");
    const swapped = location.replace(application.clientId, other.clientId);
    await expect(answerAt(swapped, browsers.owner)).rejects.toThrow("redirect_uri_unregistered");
  });

  test("with a secret if there is one, and not without the code grant", async () => {
    await expect(start(actors.owner, await registerOwned(actors))).rejects.toThrow(ValidationError);
    const machine = await registerOwned(actors, { grantTypes: ["client_credentials"], redirectUris: [] });
    await expect(start(actors.owner, machine)).rejects.toThrow(ValidationError);
  });

  test("with a secret that is wrong, a pushed request is refused and nothing is stored", async () => {
    const application = await registerOwned(actors, { requirePushedAuthorizationRequests: true });
    await expect(start(actors.owner, application, { credential: "wrong" })).rejects.toThrow(/invalid_client/);
    expect(await prisma.testSignIn.count({ where: { applicationId: application.id } })).toBe(0);
  });

  test("20 times in ten minutes, however many ask at the same time", async () => {
    const application = await registerOwned(actors, publicClient);
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => start(actors.owner, application)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused).toHaveLength(10);
    for (const reason of refused) expect(reason).toBeInstanceOf(TooManyRequestsError);
    expect(await prisma.testSignIn.count({ where: { applicationId: application.id } })).toBe(20);
    // Another user has their own.
    await start(actors.administrator, application, {});
  });
});
