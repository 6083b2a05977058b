import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, expect } from "vitest";
import { createPrismaClient } from "@/lib/db/client";
import { BrowserClient } from "../support/browser-client";
import { databaseUrl, issuer } from "../support/environment";
import { send } from "../support/http";
import { credentialsOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const path = "/o/signing-keys/";
const submit = `${path}rotate/submit`;
const prisma = createPrismaClient(databaseUrl);
let before: Set<string>;

const readKeys = async (): Promise<JSONWebKeySet> => JSON.parse((await send("GET", "/o/.well-known/jwks.json")).text);
const findNext = () => prisma.signingKey.findMany({ where: { kid: { notIn: [...before] } } });

beforeAll(async () => {
  before = new Set((await readKeys()).keys.map(({ kid }) => kid ?? ""));
});

/** Other tests' keys stay; those created here are removed before they would sign. */
afterAll(async () => {
  await prisma.signingKey.deleteMany({ where: { kid: { notIn: [...before] } } });
  await prisma.auditEvent.deleteMany({ where: { type: { startsWith: "signing_key." } } });
  await prisma.$disconnect();
});

test("oidcc-server-rotate-keys: the new key is published immediately, the old one signs until then", async ({
  portal,
}) => {
  const administrator = new BrowserClient();
  await administrator.signIn(await portal.createUser({ administrator: true }));
  const form = await administrator.openForm(path, submit);
  const algorithm = "RS256";
  const answer = await administrator.post(submit, { csrf: form.fields.csrf ?? "", algorithm });
  expect([answer.status, answer.headers.location]).toEqual([303, `${path}?rotated=RS256`]);
  const [next] = await findNext();
  expect(next?.algorithm).toBe(algorithm);
  // RFC 9111: a client that has just fetched the set may use it for max-age.
  expect((next?.signsFrom.getTime() ?? 0) - (next?.createdAt.getTime() ?? 0)).toBeGreaterThan(3_600_000);
  const published = await readKeys();
  expect(published.keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining([...before, next?.kid]));

  const machine = await portal.createMachine();
  const api = await portal.createApi({ tokenFormat: "jwt" });
  const request = { grant_type: "client_credentials", ...credentialsOf(machine), resource: api.identifier };
  const { accessToken } = await requestToken(request);
  expect(before).toContain(decodeProtectedHeader(accessToken).kid);
  await jwtVerify(accessToken, createLocalJWKSet(published), { issuer, audience: api.identifier });

  const page = await administrator.get(`${path}?rotated=RS256`);
  expect(page.text).toContain(next?.kid);
  expect(page.text).toContain("A new key for RS256 is published");

  // A second time changes nothing, because one is already pending.
  await administrator.post(submit, { csrf: form.fields.csrf ?? "", algorithm });
  expect(await findNext()).toHaveLength(1);
  const unknown = await administrator.post(submit, { csrf: form.fields.csrf ?? "", algorithm: "HS256" });
  expect(unknown.status).toBe(400);
});

test("only administrators see the keys' page or rotate them", async ({ person }) => {
  const count = await prisma.signingKey.count();
  expect((await person.get(path)).status).toBe(404);
  expect((await new BrowserClient().get(path)).headers.location).toBe(`/login?next=${encodeURIComponent(path)}`);
  const { fields } = await person.openForm("/", "/logout/submit");
  expect((await person.post(submit, { csrf: fields.csrf ?? "", algorithm: "EdDSA" })).status).toBe(403);
  expect((await person.post(submit, { algorithm: "EdDSA" })).status).toBe(403);
  expect(await prisma.signingKey.count()).toBe(count);
});

test("npm run rotatekeys: prints the new keys, creates none twice, and names what it doesn't know", async () => {
  const run = (...args: string[]) => promisify(execFile)(process.execPath, ["server/cli.mjs", "rotatekeys", ...args]);
  const first = await run("ES256");
  const [next] = (await findNext()).filter(({ algorithm }) => algorithm === "ES256");
  expect(first.stdout).toBe(
    `ES256  ${next?.kid}  signs from ${next?.signsFrom.toISOString()}\nRunning servers publish new keys within a minute.\n`,
  );
  expect((await run("ES256")).stdout).toBe("ES256  already has a new key that does not sign yet\n");
  expect((await run("--help")).stdout).toContain("Running servers publish it within a minute");
  await expect(run("HS256")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("HS256: not an algorithm"),
  });
});
