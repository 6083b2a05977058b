import { expect } from "vitest";
import { baseUrl } from "../support/environment";
import { expectNotCached } from "../support/expectations";
import { formType, send, sendRaw } from "../support/http";
import { credentialsOf, getResource, obtainTokens, parseJson, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

function getWith(authorization: string) {
  return send("GET", "/resource", { headers: { Authorization: authorization } });
}

test("a valid token: who, for which application, which scopes, until when", async ({ portal, user, person }) => {
  const application = await portal.createApplication();
  const { accessToken } = await obtainTokens(person, application);
  const answer = await getResource(accessToken);
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toMatch(/^application\/json\b/);
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(parseJson(answer.text)).toEqual({
    user: { id: user.id, username: user.username },
    application: { client_id: application.clientId, name: application.name },
    scope: "read write",
    expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
});

test("the scheme in any case (RFC 9110 §11.1)", async ({ portal }) => {
  const { accessToken } = await requestToken({
    grant_type: "client_credentials",
    ...credentialsOf(await portal.createMachine()),
  });
  for (const scheme of ["bearer", "BEARER", "Bearer  "]) {
    expect((await getWith(`${scheme} ${accessToken}`)).status).toBe(200);
  }
});

test.for(["", "Basic YTpi", "Digest x", "Bearers x", "garbage"])(
  "without a token (%j) a 401 with a challenge that names no error (RFC 6750 §3.1)",
  async (authorization) => {
    const answer = authorization === "" ? await send("GET", "/resource") : await getWith(authorization);
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm="Latchkey", /);
    // RFC 9449 §7.2: both schemes are offered.
    expect(answer.headers["www-authenticate"]).toMatch(/, DPoP realm="Latchkey", algs="ES256 /);
    expect(answer.headers["www-authenticate"]).not.toContain("error");
    expectNotCached(answer);
  },
);

test.for(["Bearer", "Bearer ", "Bearer a b", "Bearer é", "Bearer a,b", 'Bearer "x"', "Bearer =", "Bearer a, Bearer b"])(
  "attack 39: the malformed header %j is an invalid_request",
  async (authorization) => {
    const answer = await getWith(Buffer.from(authorization).toString("latin1"));
    expect([400, 401]).toContain(answer.status);
    if (answer.status === 400) {
      expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm="Latchkey", error="invalid_request", /);
    }
  },
);

test("attack 38: what isn't an active token is an invalid_token", async ({ portal }) => {
  const machine = await portal.createMachine();
  const { accessToken } = await requestToken({ grant_type: "client_credentials", ...credentialsOf(machine) });
  const stored = await portal.database.accessToken.findFirstOrThrow({ where: { applicationId: machine.id } });
  const swapped = accessToken.replace(/[a-z]/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  const others = [accessToken.slice(0, -1), `${accessToken}A`, `${accessToken}=`, swapped, stored.tokenHash, "x"];
  for (const other of others) {
    const answer = await getResource(other);
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm="Latchkey", error="invalid_token", /);
    expectNotCached(answer);
  }
});

test("an expired token is an invalid_token", async ({ portal }) => {
  const machine = await portal.createMachine();
  const { accessToken } = await requestToken({ grant_type: "client_credentials", ...credentialsOf(machine) });
  await portal.database.accessToken.updateMany({
    where: { applicationId: machine.id },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expect((await getResource(accessToken)).status).toBe(401);
});

test("a token without the scope is a 403 that names it", async ({ portal }) => {
  const machine = await portal.createMachine();
  const request = { grant_type: "client_credentials", ...credentialsOf(machine), scope: "write" };
  const answer = await getResource((await requestToken(request)).accessToken);
  expect(answer.status).toBe(403);
  expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm="Latchkey", error="insufficient_scope", /);
  expect(answer.headers["www-authenticate"]).toContain('scope="read"');
});

test("a token restricted to another API is an invalid_token (RFC 9700 §4.9.1)", async ({ portal }) => {
  const machine = await portal.createMachine();
  const { accessToken } = await requestToken({ grant_type: "client_credentials", ...credentialsOf(machine) });
  const restrict = (audience: string[]) =>
    portal.database.accessToken.updateMany({ where: { applicationId: machine.id }, data: { audience } });
  await restrict(["https://api.example.test"]);
  const answer = await getResource(accessToken);
  expect(answer.status).toBe(401);
  expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm="Latchkey", error="invalid_token", /);
  await restrict(["https://api.example.test", `${baseUrl}/resource`]);
  expect((await getResource(accessToken)).status).toBe(200);
});

test("a token in the query or in a form is ignored (RFC 9700 §4.3.2)", async ({ portal }) => {
  const { accessToken } = await requestToken({
    grant_type: "client_credentials",
    ...credentialsOf(await portal.createMachine()),
  });
  const inQuery = await send("GET", `/resource?access_token=${accessToken}`);
  expect(inQuery.status).toBe(401);
  const inForm = await send("POST", "/resource", {
    headers: { "Content-Type": formType },
    body: `access_token=${accessToken}`,
  });
  expect([401, 405]).toContain(inForm.status);
  const inCookie = await send("GET", "/resource", { headers: { Cookie: `access_token=${accessToken}` } });
  expect(inCookie.status).toBe(401);
});

test("two Authorization headers are refused", async ({ portal }) => {
  const { accessToken } = await requestToken({
    grant_type: "client_credentials",
    ...credentialsOf(await portal.createMachine()),
  });
  const head = ["GET /resource HTTP/1.1", "Host: localhost", "Connection: close"];
  const [good, bad] = [`Authorization: Bearer ${accessToken}`, "Authorization: Bearer x"];
  const answers = await Promise.all(
    [
      [bad, good],
      [good, good],
    ].map((lines) => sendRaw(`${[...head, ...lines].join("\r\n")}\r\n\r\n`)),
  );
  expect(answers[0]?.status).toBe(401);
  expect(answers[1]?.status).toBeLessThan(500);
});

test("a token's use is recorded at its family", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const { accessToken } = await obtainTokens(person, application);
  const where = { applicationId: application.id };
  const before = new Date(Date.now() - 3_600_000);
  await portal.database.tokenFamily.updateMany({ where, data: { lastUsedAt: before } });
  await getResource(accessToken);
  const family = await portal.database.tokenFamily.findFirstOrThrow({ where });
  expect(family.lastUsedAt.getTime()).toBeGreaterThan(before.getTime());
});
