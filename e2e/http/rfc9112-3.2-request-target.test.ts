import { expect } from "vitest";
import { baseUrl } from "../support/environment";
import { postForm, sendRaw } from "../support/http";
import { credentialsOf } from "../support/token-client";
import { test } from "../support/vitest";

const { host } = new URL(baseUrl);
const ask = (line: string) => sendRaw(`${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

test("RFC 9112 §3.2.2: a target in absolute form is answered like its path", async () => {
  const answer = await ask(`GET ${baseUrl}/o/.well-known/openid-configuration`);
  expect(answer.status).toBe(200);
  expect(answer.text).toContain(`"issuer":"${baseUrl}/o"`);
});

test("RFC 9110 §15.5.20: one for another server is misdirected, whatever the Host header", async () => {
  for (const target of ["http://evil.example/o/token", "http://127.0.0.1.evil.example/", "https://127.0.0.1:1/"]) {
    expect((await ask(`GET ${target}`)).status, target).toBe(421);
  }
});

test("RFC 9110 §9.3.7: OPTIONS * is answered for the server as a whole", async () => {
  const answer = await ask("OPTIONS *");
  expect([answer.status, answer.headers.allow]).toEqual([204, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"]);
});

test("RFC 9110 §15.5.16: a body with a Content-Encoding is 415 wherever a body is read", async ({ portal }) => {
  const machine = await portal.createMachine();
  const request = { grant_type: "client_credentials", ...credentialsOf(machine) };
  const paths = "/o/token/ /o/revoke_token/ /o/introspect/ /o/par/ /o/device-authorization/ /o/register /login/submit";
  for (const path of paths.split(" ")) {
    for (const coding of ["gzip", "br"]) {
      const { status } = await postForm(path, request, { headers: { "Content-Encoding": coding } });
      expect(status, path).toBe(415);
    }
  }
  expect((await postForm("/o/token/", request, { headers: { "Content-Encoding": "identity" } })).status).toBe(200);
});
