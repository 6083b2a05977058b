import { afterAll, beforeAll, expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { baseUrl, databaseUrl } from "../support/environment";
import { needs } from "../support/needs";
import { Nginx } from "../support/nginx";
import { findFreePort, OwnInstallation } from "../support/own-server";
import { test } from "../support/vitest";

needs("nginx")("behind nginx as it passes requests on by itself, with the address of the server as Host", () => {
  const installation = new OwnInstallation();
  const nginx = new Nginx();
  let publicUrl = baseUrl;

  beforeAll(async () => {
    const port = await findFreePort();
    publicUrl = `http://127.0.0.1:${port}`;
    const env = { DATABASE_URL: databaseUrl, AUTH_SECRET: process.env.AUTH_SECRET ?? "" };
    const server = await installation.start({ publicUrl, env });
    await nginx.start({ port, location: `proxy_pass ${server.baseUrl};` });
  });

  afterAll(async () => {
    await nginx.stop();
    await installation.remove();
  });

  test("a person signs in", async ({ user }) => {
    const browser = new BrowserClient({ base: publicUrl, origin: publicUrl });
    await browser.signIn(user);
    expect((await browser.get("/o/applications/")).status).toBe(200);
  });
});
