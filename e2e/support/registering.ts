import { afterAll, beforeAll, expect } from "vitest";
import { ClientSite } from "./client-site";
import { expectOAuthError } from "./expectations";
import type { ServerVariables } from "./own-server";
import type { TestApplication } from "./portal";
import { type RegistrationAnswer, RegistrationServers, webApp } from "./registration";

/**
 * Finds servers for all tests of a file and creates an initial access token for all of their registrations. `register`
 * uses it and expects success; `refuse` expects an error, and returns its code.
 */
export function startRegistrationServers() {
  const servers = new RegistrationServers();
  let initialToken = "";
  beforeAll(async () => {
    await servers.start();
    ({ token: initialToken } = await servers.createToken());
  });
  afterAll(() => servers.cleanUp());
  return { servers, ...registeringAt(servers, () => initialToken) };
}

/**
 * One server that may fetch from this machine, and a client's web site on it that the server trusts, for all tests of a
 * file. `variables` are additional settings of the server.
 */
export function startRegistrationWithSite(variables: ServerVariables = {}) {
  const servers = new RegistrationServers();
  const site = new ClientSite();
  let initialToken = "";
  beforeAll(async () => {
    await site.start();
    const outbound = { OUTBOUND_PRIVATE_NETWORKS: "127.0.0.1", NODE_EXTRA_CA_CERTS: site.certificate };
    await servers.start({ modes: ["token"], variables: { ...outbound, ...variables } });
    ({ token: initialToken } = await servers.createToken());
  });
  afterAll(async () => {
    await servers.cleanUp();
    site.stop();
  });
  return { servers, site, ...registeringAt(servers, () => initialToken) };
}

function registeringAt(servers: RegistrationServers, initialToken: () => string) {
  async function register(metadata: object = webApp): Promise<RegistrationAnswer> {
    const answer = await servers.register(metadata, { token: initialToken() });
    expect(answer.text).not.toContain("error_description");
    expect(answer.status).toBe(201);
    return answer;
  }

  async function refuse(metadata: object): Promise<unknown> {
    const answer = await servers.register(metadata, { token: initialToken() });
    expectOAuthError(answer, 400, expect.any(String));
    return answer.body.error;
  }
  return { register, refuse };
}

/** A client that registered itself, in the form that other helpers use. */
export function toTestApplication({ clientId, clientSecret, body }: RegistrationAnswer): TestApplication {
  const [redirectUri = ""] = Array.isArray(body.redirect_uris) ? body.redirect_uris.map(String) : [];
  return { id: "", name: String(body.client_name), clientId, clientSecret, redirectUri };
}
