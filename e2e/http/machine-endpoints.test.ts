import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { beforeAll, describe, expect } from "vitest";
import { everyMethod, listEndpoints, listPaths } from "@/lib/oauth/endpoints";
import { type Answer, encodeForm, formType, type Sending, send } from "../support/http";
import type { TestApplication } from "../support/portal";
import { findSharedServer } from "../support/shared-server";
import { basicAuthorization, credentialsOf, parseJson } from "../support/token-client";
import { test } from "../support/vitest";

/**
 * The front answers machine endpoints by the functions that are Next.js's routes: both ways give the same, as two
 * servers of one installation show.
 */
const variables = { PUBLIC_URL: "https://machine.example.test", DYNAMIC_REGISTRATION: "token" };

/** What tells nothing of the answer: when it was given, and how the connection goes on and carries the body. */
const ofTheConnection = ["date", "connection", "keep-alive", "transfer-encoding", "content-length"];
/** What Next.js says that all of its answers vary by; the front compresses only what is public. */
const ofNextjs = /^(?:rsc|next-router-.*|accept-encoding)$/i;

let front: string;
let next: string;

beforeAll(async () => {
  const servers = await Promise.all([
    findSharedServer({ ...variables, MACHINE_ENDPOINTS: "front" }),
    findSharedServer({ ...variables, MACHINE_ENDPOINTS: "next" }),
  ]);
  [front = "", next = ""] = servers.map(({ baseUrl }) => baseUrl);
});

/** What both ways of answering have to agree on; of a body that differs each time its members. */
function summarize({ status, headers, text }: Answer) {
  const body = parseJson(text);
  return {
    status,
    headers: summarizeHeaders(headers),
    members: Object.keys(body),
    error: [body.error, body.error_description],
    isEmpty: text === "",
    // RFC 9110 §8.6
    isMeasured: text !== "" || headers["transfer-encoding"] === undefined,
  };
}

function summarizeHeaders(headers: IncomingHttpHeaders): Record<string, unknown> {
  const vary = (headers.vary ?? "").split(/, */).filter((name) => name !== "" && !ofNextjs.test(name));
  const told = Object.entries(headers).filter(([name]) => !ofTheConnection.includes(name) && name !== "vary");
  const values = told.map(([name, value]) => [
    name,
    /^(?:dpop-nonce|set-cookie)$/.test(name) ? "another each time" : value,
  ]);
  const policy = headers["content-security-policy"]?.toString().replace(/'nonce-[^']*'/g, "'nonce-'");
  return { ...Object.fromEntries(values), "content-security-policy": policy, vary };
}

async function expectTheSame(method: string, path: string, sending: Sending = {}): Promise<Answer> {
  const answers = await Promise.all([front, next].map((base) => send(method, path, { ...sending, base })));
  const [byFront, byNext] = answers;
  if (!byFront || !byNext) throw new Error("There are two servers.");
  expect(summarize(byFront), `${method} ${path} ${JSON.stringify(sending.headers)}`).toEqual(summarize(byNext));
  return byFront;
}

const endpoints = listEndpoints().filter(({ caller }) => caller !== "person");
const paths = [
  ...endpoints.flatMap(listPaths).map((path) => path.replace("[clientId]", randomUUID())),
  "/resource",
].flatMap((path) => {
  const ends = path.endsWith("/[[...path]]") ? ["", "/resource", "/o/userinfo", "/nothing"] : [""];
  return ends.flatMap((end) => [path.replace("/[[...path]]", end), `${path.replace("/[[...path]]", end)}/`]);
});

test.for(paths)("every method, with an Origin and without: %s", async (path, { portal }) => {
  const [origin, stranger] = [0, 1].map(() => `https://${randomUUID()}.example.test`) as [string, string];
  await portal.createPublicApplication({ allowedOrigins: [origin] });
  for (const method of [...everyMethod, "PROPFIND", "TRACE"]) {
    for (const headers of [{}, { Origin: origin }, { Origin: stranger }, { Origin: "null" }]) {
      await expectTheSame(method, path, { headers });
    }
  }
});

test.for(paths)("the setting decides who answers: %s", async (path) => {
  for (const method of path.startsWith("/resource") ? ["GET", "HEAD"] : everyMethod) {
    const [byFront, byNext] = await Promise.all([front, next].map((base) => send(method, path, { base })));
    expect([method, byFront?.headers.vary ?? "", byNext?.headers.vary]).toEqual([
      method,
      expect.not.stringContaining("rsc"),
      expect.stringContaining("rsc"),
    ]);
  }
});

test.for([
  "/o//token",
  "//o/token",
  "/o/./token",
  "/o/token/../token",
  "/o/token//",
  "/o/%74oken",
  "/o/token%2f",
  "/O/token",
  "/o/token;x",
  "/o/token.json",
  "/o/register/a%2fb",
  "/o/register/..",
  "/o/register/a/b",
  "/.well-known/oauth-protected-resource//resource",
  "/.well-known/oauth-protected-resource/%72esource",
  "/.well-known/oauth-protected-resource/../oauth-authorization-server/o",
  "/.well-known/oauth-protected-resource/./resource",
  "/.well-known/openid-configuration",
  "/resource?a=b",
  "/resource/?%",
  "/resource#a",
  "/o/.well-known/jwks.json?_rsc=1",
])("a path that is no endpoint's, or not quite: %s", async (path) => {
  for (const method of ["GET", "POST"]) await expectTheSame(method, path);
});

describe("what clients send", () => {
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    expectTheSame("POST", path, { headers: { "Content-Type": formType, ...headers }, body: encodeForm(fields) });
  const grant = { grant_type: "client_credentials" };

  async function obtainToken(machine: TestApplication): Promise<string> {
    return String(parseJson((await post("/o/token", { ...grant, ...credentialsOf(machine) })).text).access_token);
  }

  test("tokens are issued, introspected, presented and revoked", async ({ portal }) => {
    const machine = await portal.createMachine();
    const { clientId, clientSecret } = machine;
    const token = await obtainToken(machine);
    expect(token).toMatch(/^[\w-]{40,}$/);
    const basic = { Authorization: basicAuthorization(clientId, clientSecret) };
    expect((await post("/o/token/", grant, basic)).status).toBe(200);
    expect(parseJson((await post("/o/introspect", { token }, basic)).text)).toMatchObject({ active: true });
    const bearer = { Authorization: `Bearer ${token}` };
    expect((await expectTheSame("GET", "/resource", { headers: bearer })).status).toBe(200);
    expect((await expectTheSame("HEAD", "/resource/", { headers: bearer })).status).toBe(200);
    for (const method of ["GET", "POST"]) await expectTheSame(method, "/o/userinfo", { headers: bearer });
    await post("/o/userinfo", { access_token: token });
    const revoked = await post("/o/revoke_token", { token }, basic);
    expect([revoked.status, revoked.text, revoked.headers["content-length"]]).toEqual([200, "", "0"]);
    expect((await expectTheSame("GET", "/resource", { headers: bearer })).status).toBe(401);
  });

  test("requests that are not right are refused in the same words", async ({ portal }) => {
    const machine = await portal.createMachine();
    const credentials = credentialsOf(machine);
    for (const path of ["/o/token", "/o/introspect", "/o/revoke_token", "/o/par", "/o/device-authorization"]) {
      await post(path, {});
      await post(path, credentials);
      await post(path, { ...credentials, client_secret: "wrong" });
      await post(`${path}?client_id=a`, credentials);
      await post(path, credentials, { "Content-Type": "application/json" });
      await post(path, credentials, { "Content-Encoding": "gzip" });
      await post(path, credentials, { DPoP: "a" });
      await post(path, { ...credentials, much: "x".repeat(130 * 1024) });
      await post(path, { ...credentials, much: "x".repeat(300 * 1024) });
      await expectTheSame("POST", path, {
        headers: { "Content-Type": formType },
        body: Buffer.from("a=\xff", "latin1"),
      });
    }
    const json = { "Content-Type": "application/json", Authorization: "Bearer unknown" };
    for (const [method, path] of [
      ["POST", "/o/register"],
      ["PUT", `/o/register/${randomUUID()}`],
    ] as const) {
      await expectTheSame(method, path, { headers: json, body: "{}" });
      await expectTheSame(method, path, { headers: json, body: "{" });
    }
  });

  test("headers that mean something to Next.js alone change nothing", async ({ portal }) => {
    const credentials = credentialsOf(await portal.createMachine());
    const meaningful: Record<string, string>[] = [
      { RSC: "1" },
      { "Next-Action": "x" },
      { "X-Nextjs-Data": "1" },
      { "X-Middleware-Subrequest": "proxy:proxy:proxy:proxy:proxy" },
      { "X-Forwarded-Host": "evil.example.test", "X-Forwarded-For": "192.0.2.1" },
      { "Content-Type": "multipart/form-data; boundary=a" },
    ];
    for (const headers of meaningful) await post("/o/token", { ...grant, ...credentials }, headers);
  });

  test("what is public is compressed for those who accept it, and nothing with a secret in it", async ({ portal }) => {
    const sending = { headers: { "Accept-Encoding": "gzip" } };
    const discovery = await expectTheSame("GET", "/o/.well-known/openid-configuration", sending);
    expect(discovery.headers["content-encoding"]).toBe("gzip");
    expect(discovery.headers.vary).toMatch(/accept-encoding/i);
    const form = encodeForm({ ...grant, ...credentialsOf(await portal.createMachine()) });
    const headers = { ...sending.headers, "Content-Type": formType };
    const token = await send("POST", "/o/token", { base: front, headers, body: form });
    expect(token.headers["content-encoding"]).toBeUndefined();
    expect(parseJson(token.text)).toHaveProperty("access_token");
  });
});
