import { afterAll, beforeAll, expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { databaseUrl } from "../support/environment";
import { McpProgram } from "../support/mcp-program";
import { fetchMcpSdks, listMissingForPython } from "../support/mcp-sdks";
import { unless } from "../support/needs";
import { findFreePort, OwnInstallation, type OwnServer } from "../support/own-server";
import type { Portal, TestUser } from "../support/portal";
import { test } from "../support/vitest";

/**
 * MCP Authorization (2025-11-25): the programs of docs/mcp with third-party SDKs, from an unknown client to a tool's
 * answer.
 */

const programs = fetchMcpSdks();
const installation = new OwnInstallation();
let server: OwnServer;

beforeAll(async () => {
  const env = { DATABASE_URL: databaseUrl, AUTH_SECRET: process.env.AUTH_SECRET ?? "", DYNAMIC_REGISTRATION: "open" };
  server = await installation.start({ env });
});

afterAll(async () => {
  await installation.remove();
  programs.remove();
});

interface McpServer {
  url: string;
  stop(): Promise<void>;
}

/** The MCP server of docs/mcp, and its API here. `verifies` is how it verifies tokens. */
async function startMcpServer(
  portal: Portal,
  { path, verifies, scopes = "" }: { path: string; verifies: "jwt" | "introspection"; scopes?: string },
): Promise<McpServer> {
  const resource = `http://127.0.0.1:${await findFreePort()}${path}`;
  const machine = await portal.createMachine();
  const tokenFormat = verifies === "jwt" ? "jwt" : "opaque";
  await portal.createApi({ identifier: resource, tokenFormat, resourceServers: [machine] });
  const credentials = { CLIENT_ID: machine.clientId, CLIENT_SECRET: machine.clientSecret ?? "" };
  const env = {
    ISSUER: `${server.baseUrl}/o`,
    RESOURCE: resource,
    SCOPES: scopes,
    ...(verifies === "jwt" ? {} : credentials),
  };
  const program = new McpProgram(programs.folder, process.execPath, ["server.mjs"], env);
  const url = await program.find(/MCP server at (\S+)/);
  return { url, stop: () => program.stop() };
}

/** What a user does when the client has printed an address to open. */
async function signInAndConsent(client: McpProgram, user: TestUser): Promise<void> {
  const { pathname, searchParams } = new URL(await client.find(/Open (\S+)/));
  expect(pathname).toBe("/o/authorize/");
  const browser = new BrowserClient({ base: server.baseUrl, origin: server.baseUrl });
  const location = await browser.authorize(Object.fromEntries(searchParams), { user });
  expect((await fetch(location)).status).toBe(200);
}

async function expectAnswer(client: McpProgram, user: TestUser, scope: string): Promise<void> {
  await signInAndConsent(client, user);
  expect(await client.find(/^Granted: (.*)$/m)).toBe(scope);
  expect(await client.find(/^(\S+) may /m)).toBe(user.id);
  expect(await client.end()).toBe(0);
}

const cases = [
  ["at a path, by JWT", { path: "/mcp", verifies: "jwt" }, "read write"],
  ["at a root URL, by introspection", { path: "", verifies: "introspection" }, "read write"],
  ["that names its scopes", { path: "/mcp", verifies: "introspection", scopes: "read" }, "read"],
] as const;

unless(programs.missing)("MCP with the TypeScript SDK", () => {
  for (const [what, serving, scope] of cases) {
    test(`a client registers itself and gets an answer from a server ${what}`, async ({ portal, user }) => {
      const mcp = await startMcpServer(portal, serving);
      const client = new McpProgram(programs.folder, process.execPath, ["client.mjs", mcp.url]);
      await expectAnswer(client, user, scope);
      await mcp.stop();
    });
  }

  test("a token for another server is refused", async ({ portal }) => {
    const mcp = await startMcpServer(portal, { path: "/mcp", verifies: "jwt" });
    const answer = await fetch(mcp.url, { method: "POST", headers: { Authorization: "Bearer x.y.z" } });
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining("resource_metadata="),
    ]);
    await mcp.stop();
  });
});

unless(listMissingForPython(programs))("MCP with the Python SDK", () => {
  for (const [what, serving, scope] of cases) {
    test(`a client registers itself and gets an answer from a server ${what}`, async ({ portal, user }) => {
      const mcp = await startMcpServer(portal, serving);
      const client = new McpProgram(programs.folder, programs.python ?? "", ["client.py", mcp.url]);
      await expectAnswer(client, user, scope);
      await mcp.stop();
    });
  }
});
