import { expect } from "vitest";
import { hostCookieName, pathCookieName } from "@/lib/auth/cookies";
import { baseUrl } from "../support/environment";
import { type Answer, formType, send as sendFrom, sendRaw } from "../support/http";
import { credentialsOf, parseJson } from "../support/token-client";
import { test } from "../support/vitest";

/** A separate network: its mistakes are counted, and other tests must not be refused because of them. */
const send: typeof sendFrom = (method, path, sending) => sendFrom(method, path, { from: "127.0.23.3", ...sending });

/**
 * Attack 39 and other malformed input: whatever is sent, the answer is a 4xx in the protocol's terms, and never a 500.
 */

const [browserCookie, sessionCookie] = [hostCookieName("browser", baseUrl), hostCookieName("session", baseUrl)];
const [formCookie, secretCookie] = [pathCookieName("form", baseUrl), pathCookieName("secret", baseUrl)];

const endpoints = [
  { method: "POST", path: "/o/token" },
  { method: "POST", path: "/o/token/" },
  { method: "GET", path: "/o/authorize/" },
  { method: "POST", path: "/o/authorize/" },
  { method: "GET", path: "/resource" },
  { method: "POST", path: "/login/submit" },
  { method: "POST", path: "/consent/submit" },
  { method: "POST", path: "/logout/submit" },
  { method: "POST", path: "/setup/x/submit" },
  { method: "POST", path: "/theme" },
  { method: "POST", path: "/o/applications/x/delete/submit" },
  { method: "POST", path: "/o/applications/x/secrets/submit" },
  { method: "POST", path: "/o/authorized_tokens/x/delete/submit" },
] as const;

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

const bodies: readonly (readonly [string, string | Buffer])[] = [
  ["nothing", ""],
  ["an ampersand", "&&&&"],
  ["broken percent-encoding", "grant_type=%zz&client_id=%"],
  ["bytes that aren't UTF-8", Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0xc3, 0x28])],
  ["percent-encoded bytes that aren't UTF-8", "grant_type=%ff%fe"],
  ["every byte", everyByte],
  ["NUL in names and values", "grant_type=client_credentials&client_id=a%00b&client_secret=%00&%00=%00&csrf=%00"],
  ["a lone surrogate", "grant_type=%ed%a0%80"],
  ["a repeated parameter", "grant_type=a&grant_type=b&csrf=a&csrf=b&theme=dark&theme=light"],
  ["names of Object.prototype", "__proto__=a&constructor=b&toString=c&hasOwnProperty=d"],
  ["10,000 parameters", Array.from({ length: 10_000 }, (_, index) => `p${index}=`).join("&")],
  ["a value of 100 kB", `grant_type=${"x".repeat(100_000)}`],
  ["more than 128 kB", `grant_type=${"x".repeat(200_000)}`],
  ["JSON", '{"grant_type":"client_credentials"}'],
];

const headerSets: readonly (readonly [string, Record<string, string>])[] = [
  ["no content type", {}],
  ["JSON", { "Content-Type": "application/json" }],
  ["a multipart type without a boundary", { "Content-Type": "multipart/form-data" }],
  ["a content type that is none", { "Content-Type": ";;;=" }],
  ["a charset that is none", { "Content-Type": `${formType}; charset=none` }],
  ["Authorization: Basic garbage", { "Content-Type": formType, Authorization: "Basic \u00ff\u00fe" }],
  ["Authorization: Bearer garbage", { "Content-Type": formType, Authorization: `Bearer ${"\u00e9".repeat(50)}` }],
  ["Authorization of 16 kB", { "Content-Type": formType, Authorization: `Bearer ${"x".repeat(16_000)}` }],
  [
    "cookies that are none",
    { "Content-Type": formType, Cookie: `=; ;;; ${browserCookie}=\u00ff; ${sessionCookie}=..` },
  ],
  [
    "a session that nobody sealed",
    { "Content-Type": formType, Cookie: `${browserCookie}=x; ${sessionCookie}=${"x".repeat(3000)}` },
  ],
  ["a flash that nobody sealed", { "Content-Type": formType, Cookie: `${formCookie}=x; ${secretCookie}=a.b.c.d.e` }],
  ["origins that are none", { "Content-Type": formType, Origin: "\u00ff", Referer: "::::", "Sec-Fetch-Site": "?" }],
];

/** Refused or redirected, in the format of the endpoint; never a server error. */
function expectCalm(answer: Answer, what: string): void {
  expect(answer.status, what).toBeGreaterThanOrEqual(300);
  expect(answer.status, what).toBeLessThan(500);
  expect(answer.text, what).not.toMatch(/\bat .*\.(ts|js|mjs):\d+|node_modules|PrismaClient/);
}

function expectCalmProtocol(answer: Answer, path: string, what: string): void {
  expectCalm(answer, what);
  const isProtocol = path.startsWith("/o/token") || path === "/resource";
  if (isProtocol) expect(Object.keys(parseJson(answer.text)), what).toEqual(["error", "error_description"]);
}

test.for(endpoints)("$method $path: every body", async ({ method, path }) => {
  for (const [name, body] of bodies) {
    const isForm = method === "POST";
    const answer = isForm
      ? await send(method, path, { headers: { "Content-Type": formType }, body })
      : await send(method, `${path}?${encodeURI(body.toString("latin1")).replace(/#/g, "%23").slice(0, 20_000)}`);
    expectCalmProtocol(answer, path, name);
    if (isForm && name === "more than 128 kB") expect(answer.status).toBe(413);
  }
});

test.for(endpoints)("$method $path: every set of headers", async ({ method, path }) => {
  for (const [name, headers] of headerSets) {
    const answer = await send(method, path, { headers, ...(method === "POST" ? { body: "a=b" } : {}) });
    expectCalmProtocol(answer, path, name);
  }
});

test("headers of 64 kB are a 431 at every endpoint, and the connection is closed", async () => {
  for (const { method, path } of endpoints) {
    const head = [
      `${method} ${path} HTTP/1.1`,
      "Host: localhost",
      "Content-Length: 0",
      `X-Large: ${"x".repeat(65_536)}`,
    ];
    const answer = await sendRaw(`${head.join("\r\n")}\r\n\r\n`);
    expect(answer.status).toBe(431);
    expect(parseJson(answer.text).error).toBe("invalid_request");
  }
});

test("malformed paths are a 4xx", async () => {
  const paths = [
    "/%",
    "/%zz",
    "/%00",
    "/o/%2e%2e/o/token",
    "/o/token%00",
    "/o//token",
    "//o/token",
    "/o/token;a=b",
    "/o/applications/%ff/",
    "/o/applications/..%2f..%2f/",
    `/o/applications/${"x".repeat(8000)}/`,
    "/o/applications/00000000-0000-0000-0000-00000000000g/",
    "/setup/%00",
    "/..;/o/token",
    "/_next/static/../../package.json",
    "/_next/static/%2e%2e/%2e%2e/package.json",
    "/.env",
    "/.data/secrets/auth-secret",
    "/lib/env.ts",
  ];
  for (const path of paths) {
    for (const method of ["GET", "POST"]) {
      const answer = await send(
        method,
        path,
        method === "POST" ? { headers: { "Content-Type": formType }, body: "a=b" } : {},
      );
      expectCalm(answer, `${method} ${path}`);
      expect(answer.text, path).not.toContain("AUTH_SECRET");
    }
  }
});

const { host } = new URL(baseUrl);
const close = "Connection: close";

test.for([
  ["no HTTP", "hello\r\n\r\n"],
  ["a request line of raw bytes", Buffer.concat([Buffer.from("GET /"), everyByte, Buffer.from(" HTTP/1.1\r\n\r\n")])],
  ["no Host", `GET /resource HTTP/1.1\r\n${close}\r\n\r\n`],
  ["attack 8: an absolute target", `GET http://127.0.0.1:5432/ HTTP/1.1\r\nHost: ${host}\r\n${close}\r\n\r\n`],
  ["a target that is no path", `GET resource HTTP/1.1\r\nHost: ${host}\r\n${close}\r\n\r\n`],
  ["NUL in a header", `GET /resource HTTP/1.1\r\nHost: ${host}\r\nX: a\0b\r\n${close}\r\n\r\n`],
  [
    "two lengths",
    `POST /o/token HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n${close}\r\n\r\nab`,
  ],
  [
    "length and chunks",
    `POST /o/token HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n${close}\r\n\r\n0\r\n\r\n`,
  ],
  [
    "broken chunks",
    `POST /o/token HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\nContent-Type: ${formType}\r\n${close}\r\n\r\nzz\r\n`,
  ],
] as const)("%s is a 4xx", async ([, bytes]) => {
  const answer = await sendRaw(bytes);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});

test("a CONNECT is a 405", async () => {
  const answer = await sendRaw(`CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  expect(answer.status).toBe(405);
});

test("attack 8: an upgrade to WebSocket is refused", async () => {
  const head = ["GET http://127.0.0.1:5432/ HTTP/1.1", `Host: ${host}`, "Connection: Upgrade", "Upgrade: websocket"];
  const answer = await sendRaw(`${head.join("\r\n")}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n`);
  expect(answer.status).toBe(400);
});

test("and after all that it still works", async ({ portal }) => {
  const machine = await portal.createMachine();
  const form = new URLSearchParams({ grant_type: "client_credentials", ...credentialsOf(machine) });
  const answer = await send("POST", "/o/token/", { headers: { "Content-Type": formType }, body: form.toString() });
  expect(answer.status).toBe(200);
});
