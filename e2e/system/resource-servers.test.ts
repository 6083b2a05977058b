import { afterEach, expect } from "vitest";
import { Apache } from "../support/apache";
import { Dovecot } from "../support/dovecot";
import { baseUrl } from "../support/environment";
import { send } from "../support/http";
import { introspect } from "../support/introspection-client";
import { needs } from "../support/needs";
import { findFreePort } from "../support/own-server";
import type { TestApplication } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { obtainTokens, parseJson } from "../support/token-client";
import { test } from "../support/vitest";

const trusted = { allowedScopes: ["introspection"] };

needs("mod_oauth2")("RFC 7662 §4: Apache with mod_oauth2 as the deployment guide sets it up", () => {
  let apache: Apache | null = null;
  afterEach(() => apache?.stop());

  async function openWith(server: TestApplication, token: string): Promise<number> {
    const port = await findFreePort();
    const credentials = `client_id=${server.clientId}&client_secret=${server.clientSecret}`;
    apache = new Apache();
    const configuration = `
<Location />
  AuthType oauth2
  OAuth2TokenVerify introspect ${baseUrl}/o/introspect/ introspect.auth=client_secret_basic&${credentials}
  Require valid-user
</Location>`;
    await apache.start({ port, modules: ["oauth2"], configuration });
    const headers = { Authorization: `Bearer ${token}` };
    return (await send("GET", "/", { base: `http://127.0.0.1:${port}`, headers })).status;
  }

  test("a token requested without a resource opens the page", async ({ portal, person }) => {
    const { accessToken } = await obtainTokens(person, await portal.createApplication());
    expect(await openWith(await portal.createMachine(trusted), accessToken)).toBe(200);
  });

  test("a token without the scope introspection doesn't, nor does a refresh token", async ({ portal, person }) => {
    const { accessToken, refreshToken } = await obtainTokens(person, await portal.createApplication());
    expect(await openWith(await portal.createMachine(), accessToken)).toBe(401);
    await apache?.stop();
    expect(await openWith(await portal.createMachine(trusted), refreshToken)).toBe(401);
  });
});

// Dovecot drops root by itself, and needs it to begin with.
needs("dovecot", "root")("RFC 7662 §4: Dovecot as the deployment guide sets it up", () => {
  const dovecot = new Dovecot();
  afterEach(() => dovecot.stop());

  test("accepts users with their own access tokens", async ({ portal, person, user }) => {
    const server = await portal.createMachine(trusted);
    const { accessToken, refreshToken } = await obtainTokens(person, await portal.createApplication());
    expect(parseJson((await introspect(server, accessToken)).text)).toMatchObject({ username: user.username });
    const address = new URL("/o/introspect/", baseUrl);
    Object.assign(address, { username: server.clientId, password: server.clientSecret });
    noteSecret(address.password);
    await dovecot.start({ introspectionUrl: address.href });
    expect(await dovecot.accepts(user.username, accessToken)).toBe(true);
    expect(await dovecot.accepts("somebody-else", accessToken)).toBe(false);
    expect(await dovecot.accepts(user.username, refreshToken)).toBe(false);
  });
});
