import { connect } from "node:net";
import { afterAll, beforeAll, expect } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { digest } from "@/lib/oauth/wire/digest";
import { authorizePath } from "../support/browser-client";
import { databaseUrl } from "../support/environment";
import { expectErrorPage } from "../support/expectations";
import { postForm, send } from "../support/http";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import type { Portal } from "../support/portal";
import { parseJson } from "../support/token-client";
import { test } from "../support/vitest";

const installation = new OwnInstallation();
let server: OwnServer;

beforeAll(async () => {
  const env = { DATABASE_URL: databaseUrl, AUTH_SECRET: process.env.AUTH_SECRET ?? "" };
  server = await installation.start({ env: { ...env, TRUSTED_PROXIES: "127.0.0.1", DYNAMIC_REGISTRATION: "open" } });
  return () => installation.remove();
});

const from = (network: string) => ({ base: server.baseUrl, headers: { "X-Forwarded-For": network } });

/** Sends this many requests, some at a time. */
async function flood<T>(times: number, request: (index: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let index = 0; index < times; index += 20) {
    const batch = Array.from({ length: Math.min(20, times - index) }, (_, offset) => request(index + offset));
    answers.push(...(await Promise.all(batch)));
  }
  return answers;
}

type Table = "audit_events" | "authorization_requests" | "pushed_authorization_requests" | "device_authorizations";

async function measure(portal: Portal, table: Table, applicationId: string, condition = "true") {
  const [row] = await portal.database.$queryRawUnsafe<{ rows: number; bytes: number }[]>(
    `SELECT count(*)::int AS rows, COALESCE(sum(pg_column_size(t.*)), 0)::int AS bytes FROM ${table} t
     WHERE application_id = $1::uuid AND ${condition}`,
    applicationId,
  );
  return row ?? { rows: 0, bytes: 0 };
}

const countStatuses = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

test("110 refused authorization requests: kilobytes in the audit log and the log, and their number", async ({
  portal,
}) => {
  const network = "198.51.100.33";
  const redirectUris = Array.from({ length: 50 }, (_, index) => `https://app.example.test/${"a".repeat(1900)}${index}`);
  const application = await portal.createApplication({ redirectUris });
  const parameters = {
    response_type: "code",
    client_id: application.clientId,
    redirect_uri: `https://evil.example.test/${"b".repeat(3000)}`,
    ignored: "c".repeat(8000),
  };
  const printed = server.output().length;
  const answers = await flood(110, () => send("GET", authorizePath(parameters), from(network)));
  for (const answer of answers.slice(-3)) expectErrorPage(answer);
  const measureEvents = () => measure(portal, "audit_events", application.id, "type = 'authorization.refused'");
  const events = await measureEvents();
  expect(events.rows).toBe(60);
  expect(events.bytes).toBeLessThan(120_000);
  expect(server.output().length - printed).toBeLessThan(200_000);
  // Another network is recorded as before.
  await send("GET", authorizePath(parameters), from("198.51.100.34"));
  expect((await measureEvents()).rows).toBe(61);
});

test("requests that wait for sign-in: unknown parameters are not stored, known ones are bounded", async ({
  portal,
}) => {
  const application = await portal.createApplication();
  const redirect_uri = application.redirectUri;
  const base = { response_type: "code", client_id: application.clientId, redirect_uri, scope: "read" };
  const post = (more: Record<string, string>) =>
    send("GET", authorizePath({ ...base, ...more }), from("198.51.100.35"));
  const ordinary = await flood(20, () => post({ ignored: "x".repeat(10_000) }));
  expect(countStatuses(ordinary, 303)).toBe(20);
  const { rows, bytes } = await measure(portal, "authorization_requests", application.id);
  expect(rows).toBe(20);
  expect(bytes).toBeLessThan(20 * 600);
  const longest = { state: "s".repeat(4096), nonce: "n".repeat(1024), login_hint: "l".repeat(1024) };
  await post(longest);
  expect((await measure(portal, "authorization_requests", application.id)).bytes - bytes).toBeLessThan(9000);
  const tooLong = await post({
    ...longest,
    acr_values: "a".repeat(1024),
    claims: JSON.stringify({ a: "b".repeat(4000) }),
  });
  expect(tooLong.headers.location).toContain("error=invalid_request");
});

test("RFC 9126: pushed requests of a public client with 100 kB of unknown parameters", async ({ portal }) => {
  const { id, clientId, redirectUri: redirect_uri } = await portal.createPublicApplication();
  const fields = {
    ...{ response_type: "code", client_id: clientId, redirect_uri, scope: "read" },
    ...{ code_challenge: digest("verifier"), code_challenge_method: "S256", ignored: "x".repeat(100_000) },
  };
  const answers = await flood(40, () => postForm("/o/par", fields, from("198.51.100.36")));
  expect(countStatuses(answers, 201)).toBe(40);
  const { bytes } = await measure(portal, "pushed_authorization_requests", id);
  expect(bytes).toBeLessThan(40 * 600);
});

test("RFC 8628: device authorizations are small", async ({ portal }) => {
  const { id, clientId } = await portal.createApplication({
    clientType: "public",
    grantTypes: [deviceCodeGrant],
    redirectUris: [],
  });
  const fields = { client_id: clientId, scope: "read", ignored: "x".repeat(50_000) };
  const answers = await flood(30, () => postForm("/o/device-authorization", fields, from("198.51.100.37")));
  expect(countStatuses(answers, 200)).toBe(30);
  expect((await measure(portal, "device_authorizations", id)).bytes).toBeLessThan(30 * 500);
});

test("RFC 7592: ten updates of everything a client can set record their changes, in kilobytes", async ({ portal }) => {
  const addresses = (index: number) =>
    Array.from({ length: 25 }, (_, n) => `https://app.example.test/${index}/${n}${"a".repeat(400)}`);
  const headers = { "Content-Type": "application/json", "X-Forwarded-For": "198.51.100.38" };
  const body = JSON.stringify({ redirect_uris: addresses(0) });
  const registered = await send("POST", "/o/register/", { base: server.baseUrl, headers, body });
  expect(registered.status).toBe(201);
  const { client_id } = parseJson(registered.text);
  let { registration_access_token: token } = parseJson(registered.text);
  for (let index = 1; index <= 10; index++) {
    const metadata = { client_id, redirect_uris: addresses(index), post_logout_redirect_uris: addresses(-index) };
    const answer = await send("PUT", `/o/register/${client_id}`, {
      base: server.baseUrl,
      headers: { ...headers, Authorization: `Bearer ${token}` },
      body: JSON.stringify(metadata),
    });
    expect(answer.status).toBe(200);
    token = parseJson(answer.text).registration_access_token;
  }
  const { id } = await portal.database.application.findUniqueOrThrow({ where: { clientId: String(client_id) } });
  const { rows, bytes } = await measure(portal, "audit_events", id);
  await portal.database.application.delete({ where: { id } });
  await portal.database.auditEvent.deleteMany({ where: { applicationId: id } });
  expect(rows).toBe(11);
  expect(bytes).toBeLessThan(11 * 2500);
});

test("unknown client IDs are counted together, not one row each", async ({ portal }) => {
  const network = "198.51.100.39";
  const fields = (index: number) => ({
    grant_type: "client_credentials",
    client_id: `nobody-${index}`,
    client_secret: "x",
  });
  const answers = await flood(40, (index) => postForm("/o/token", fields(index), from(network)));
  expect(countStatuses(answers, 401)).toBe(30);
  expect(countStatuses(answers, 429)).toBe(10);
  const keys = answers.map((_, index) => digest(`client nobody-${index} from ${network}`));
  expect(await portal.database.rateLimit.count({ where: { keyHash: { in: keys } } })).toBe(0);
});

test("200 bodies that never arrive, from four networks, lock nobody out", async () => {
  const { hostname, port, host } = new URL(server.baseUrl);
  const head = (network: number) =>
    `POST /o/token HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: 203.0.113.${network}\r\nContent-Length: 10\r\n\r\na`;
  const slow = Array.from({ length: 200 }, () => connect(Number(port), hostname));
  await Promise.all(slow.map((socket, index) => new Promise((sent) => socket.write(head(index % 4), sent))));
  const answers = await flood(40, () => postForm("/o/token", { grant_type: "x" }, from("198.51.100.32")));
  for (const socket of slow) socket.destroy();
  expect(countStatuses(answers, 503)).toBe(0);
});

test("when the server stops, it logs how much it has left out", async ({ portal }) => {
  await server.stop();
  const where = { type: "authorization.refused", ipAddress: "198.51.100.33", reference: null };
  const [summary] = await portal.database.auditEvent.findMany({ where });
  expect(summary?.details).toMatchObject({ count: 50 });
  expect(summary?.expiresAt).toBeInstanceOf(Date);
  expect(server.output()).toContain("log lines suppressed");
});

afterAll(async () => {
  await getPrisma().auditEvent.deleteMany({ where: { ipAddress: { startsWith: "198.51.100.3" } } });
});
