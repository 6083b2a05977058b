import { afterAll, beforeAll, expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { databaseUrl } from "../support/environment";
import { readText } from "../support/html";
import { needs } from "../support/needs";
import { Nginx } from "../support/nginx";
import { findFreePort, OwnInstallation, type OwnServer } from "../support/own-server";
import { authorizationOf, exchangeOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** A server behind nginx: its public address, and a browser there. */
class ProxiedServer {
  readonly #installation = new OwnInstallation();
  readonly #nginx = new Nginx();
  #base = "";
  server: OwnServer | null = null;

  /** `publicHost` is the public name; the port is that of nginx. */
  async start({ publicHost, directives = "" }: { publicHost: string; directives?: string }): Promise<void> {
    const port = await findFreePort();
    const env = { DATABASE_URL: databaseUrl, AUTH_SECRET: process.env.AUTH_SECRET ?? "", ALLOW_INSECURE_HTTP: "1" };
    this.#base = `http://127.0.0.1:${port}`;
    this.server = await this.#installation.start({ publicUrl: `http://${publicHost}:${port}`, env });
    await this.#nginx.start({ port, location: `proxy_pass ${this.server.baseUrl};\n${directives}` });
  }

  /** A browser that opens nginx's port under this name. */
  browserAt(host: string): BrowserClient {
    const { port } = new URL(this.#base);
    return new BrowserClient({
      base: this.#base,
      origin: `http://${host}:${port}`,
      headers: { Host: `${host}:${port}` },
    });
  }

  get base(): string {
    return this.#base;
  }

  async stop(): Promise<void> {
    await this.#nginx.stop();
    await this.#installation.remove();
  }
}

const proxies = [
  ["passes its own address of the server on as Host", "id.example.test", ""],
  ["leaves the port out of Host", "id.example.test", "proxy_set_header Host $host;"],
  ["says nothing true of Host", "id.example.test", "proxy_set_header Host latchkey.internal;"],
  ["stands on a loopback address", "127.0.0.1", ""],
] as const;

for (const [what, publicHost, directives] of proxies) {
  needs("nginx")(`PUBLIC_URL alone decides behind an nginx that ${what}`, () => {
    const proxied = new ProxiedServer();
    beforeAll(() => proxied.start({ publicHost, directives }));
    afterAll(() => proxied.stop());

    test("users sign in, send forms of the dashboard, and consent", async ({ portal }) => {
      const administrator = await portal.createUser({ administrator: true });
      const browser = proxied.browserAt(publicHost);
      await browser.signIn(administrator);

      const name = `scope-${Date.now()}`;
      const created = await browser.submitAction("/o/scopes/create/", { name, description: "See your photos" });
      portal.adoptScope(name);
      expect([created.status, created.headers.location]).toEqual([303, "/o/scopes/"]);

      const application = await portal.createApplication();
      const code = await browser.obtainCode(authorizationOf(application));
      const tokens = await requestToken(exchangeOf(application, code), { base: proxied.base });
      expect(tokens.status).toBe(200);
      await browser.signOut();
    });
  });
}

needs("nginx")("where the browser's address isn't that of PUBLIC_URL", () => {
  const proxied = new ProxiedServer();
  beforeAll(() => proxied.start({ publicHost: "127.0.0.1" }));
  afterAll(() => proxied.stop());

  test("the page and the log name both, the log once", async ({ user }) => {
    const browser = proxied.browserAt("id.example.test");
    const form = await browser.openForm("/login", "/login/submit");
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const refused = await browser.submit(form, { identifier: user.username, password: user.password });
      expect(refused.status).toBe(403);
      expect(readText(refused.text)).toMatch(
        /page at http:\/\/id\.example\.test:\d+, and .* http:\/\/127\.0\.0\.1:\d+/,
      );
    }
    const lines = proxied.server?.output().match(/a form came from an address other than PUBLIC_URL/g);
    expect(lines).toHaveLength(1);
  });
});
