import { describe, expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { createTv, requestDevice } from "../support/device-client";
import { expectOAuthError } from "../support/expectations";
import { readText } from "../support/html";
import { postForm } from "../support/http";
import { RelyingParty } from "../support/openid";
import { startRegistrationServers } from "../support/registering";
import { machine, toUpdate, webApp } from "../support/registration";
import { authorizationOf, credentialsOf, parseJson, refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** What clients written for many servers send to every one of them. */
const usual = "openid profile email teams";

describe("unknown scopes are ignored beside openid", () => {
  test("the consent page and the tokens are about the rest; a refresh repeats the list (RFC 6749 §5.1, §6)", async ({
    portal,
  }) => {
    const rp = await RelyingParty.create(portal, "query");
    const tokens = await rp.signIn({ scope: usual });
    expect(tokens.body.scope).toBe("openid profile email");
    const again = await requestToken(refreshOf(rp.application, tokens.refreshToken, { scope: usual }));
    expect(again).toMatchObject({ status: 200, body: { scope: "openid profile email" } });
    const wider = await requestToken(refreshOf(rp.application, again.refreshToken, { scope: `${usual} read` }));
    expectOAuthError(wider, 400, "invalid_scope");
  });

  test("a scope for claims that the application may not have is ignored, any other is an invalid_scope", async ({
    portal,
  }) => {
    const rp = await RelyingParty.create(portal, "query", { allowedScopes: ["openid", "profile"] });
    expect((await rp.signIn({ scope: "openid email profile phone teams" })).body.scope).toBe("openid profile");
    for (const scope of ["openid read", "openid offline_access teams", "profile teams", "profile email"]) {
      expect((await rp.authorize({ scope })).get("error"), scope).toBe("invalid_scope");
    }
  });

  test("a pushed request is read the same way, and the consent page doesn't show what was ignored (RFC 9126 §2.1)", async ({
    portal,
    person,
  }) => {
    const application = await portal.createApplication();
    const push = (scope: string) =>
      postForm("/o/par/", { ...authorizationOf(application, { scope }), ...credentialsOf(application) });
    const pushed = await push(usual);
    expect(pushed.status).toBe(201);
    const reference = { client_id: application.clientId, request_uri: String(parseJson(pushed.text).request_uri) };
    const page = await person.get((await person.get(authorizePath(reference))).headers.location ?? "");
    expect(readText(page.text)).not.toContain("teams");
    expect((await person.authorize(reference)).searchParams.get("error")).toBeNull();
    for (const scope of ["read teams", "teams"]) expectOAuthError(await push(scope), 400, "invalid_scope");
  });

  test("a device gets only its codes, and then the rest (RFC 8628 §3.1)", async ({ portal }) => {
    const { clientId: client_id } = await createTv(portal, { allowedScopes: ["openid", "profile"] });
    expect((await requestDevice({ client_id, scope: usual })).status).toBe(200);
    for (const scope of ["teams", "openid read"]) {
      expectOAuthError(await requestDevice({ client_id, scope }), 400, "invalid_scope");
    }
  });

  test("a client's own token is not an OpenID request (RFC 6749 §4.4.2)", async ({ portal }) => {
    const application = await portal.createMachine();
    const request = { grant_type: "client_credentials", ...credentialsOf(application), scope: "openid teams" };
    expectOAuthError(await requestToken(request), 400, "invalid_scope");
  });
});

describe("RFC 7591 §2, §3.2.1: a client registers the list that it will send", () => {
  const { servers, register, refuse } = startRegistrationServers();

  test("and gets the accepted part, at registration and at an update", async ({ portal }) => {
    const restricted = await portal.createScope({ isRestricted: true });
    const client = await register({ ...webApp, scope: usual });
    expect(client.body.scope).toBe("openid profile email");
    const update = (scope: string) =>
      servers.manage("PUT", client.clientId, {
        token: client.registrationToken,
        body: toUpdate(client, { scope }),
      });
    for (const scope of [`openid ${restricted}`, "profile teams"]) {
      expectOAuthError(await update(scope), 400, "invalid_client_metadata");
    }
    expect(await update("teams openid email")).toMatchObject({ status: 200, body: { scope: "openid email" } });
  });

  test("without openid an unknown scope is refused", async () => {
    expect(await refuse({ ...machine, scope: "read teams" })).toBe("invalid_client_metadata");
  });
});
