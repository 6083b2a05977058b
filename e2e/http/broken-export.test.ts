import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect } from "vitest";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { BrowserClient } from "../support/browser-client";
import { DatabaseGate } from "../support/database-gate";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import { test } from "../support/vitest";

/** RFC 9112 §8: a body whose end never comes is incomplete, and whoever receives it can tell. */

const gate = new DatabaseGate();
const installation = new OwnInstallation();
let server: OwnServer;

beforeAll(async () => {
  await gate.open();
  const DATABASE_URL = gate.url({
    query_timeout: "800",
    statement_timeout: "400",
    idle_in_transaction_session_timeout: "700",
  });
  server = await installation.start({ env: { DATABASE_URL, AUTH_SECRET: process.env.AUTH_SECRET ?? "" } });
});

afterAll(async () => {
  await installation.remove();
  await gate.close();
});

test("an export of users that the database interrupts doesn't look complete", async ({ portal }) => {
  const marker = randomAlphanumeric(10).toLowerCase();
  const browser = new BrowserClient({ base: server.baseUrl, origin: server.baseUrl });
  await browser.signIn(await portal.createUser({ administrator: true }));
  // More than fits between the server and a client that doesn't read.
  const address = `https://a.example/${"x".repeat(1900)}`;
  const rows = Array.from({ length: 6000 }, (_, index) => {
    const username = `broken-${index}-${marker}`;
    const names = { username, usernameKey: username, email: username, emailKey: username };
    return { ...names, profileUrl: address, pictureUrl: address, websiteUrl: address };
  });
  try {
    for (let start = 0; start < rows.length; start += 1000) {
      await portal.database.user.createMany({ data: rows.slice(start, start + 1000) });
    }
    const path = "/admin/users/export/file?format=csv";
    const request = get(`${server.baseUrl}${path}`, { headers: browser.cookieHeader(path) });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    await once(response, "readable");
    gate.freeze();
    let bytes = 0;
    const reading = (async () => {
      for await (const chunk of response) bytes += (chunk as Buffer).length;
    })();
    await expect(reading).rejects.toThrow("aborted");
    expect(response.complete).toBe(false);
    expect(bytes).toBeGreaterThan(100_000);
  } finally {
    gate.thaw();
    await portal.database.user.deleteMany({ where: { usernameKey: { endsWith: marker } } });
  }
});
