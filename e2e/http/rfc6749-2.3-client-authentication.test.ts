import { expect } from "vitest";
import { expectOAuthError } from "../support/expectations";
import { type Answer, postForm } from "../support/http";
import { basicAuthorization, credentialsOf, requestToken as requestTokenFrom } from "../support/token-client";
import { test } from "../support/vitest";

/** A separate network: unknown clients of one network count together (docs/adr/0030), and other tests have some too. */
const network = "127.0.23.1";

const requestToken: typeof requestTokenFrom = (fields, sending) =>
  requestTokenFrom(fields, { from: network, ...sending });

const clientCredentials = { grant_type: "client_credentials" };

/** RFC 6749 §5.2: 401, and the challenge names the accepted scheme. */
function expectInvalidClient(answer: Answer): void {
  expectOAuthError(answer, 401, "invalid_client");
  expect(answer.headers["www-authenticate"]).toBe('Basic realm="Latchkey", charset="UTF-8"');
}

function withAuthorization(authorization: string) {
  return requestToken(clientCredentials, { headers: { Authorization: authorization } });
}

function basicOf(text: string | Buffer): string {
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

test("cases 5 and 6: a wrong secret, by Basic or in the body, is a 401 with a Basic challenge", async ({ portal }) => {
  const { clientId } = await portal.createMachine();
  expectInvalidClient(await withAuthorization(basicAuthorization(clientId, "wrong")));
  expectInvalidClient(await requestToken({ ...clientCredentials, client_id: clientId, client_secret: "wrong" }));
});

test("cases 7 and 8: an unknown client and no client at all", async () => {
  expectInvalidClient(await withAuthorization(basicAuthorization("nobody", "wrong")));
  expectInvalidClient(await requestToken({ ...clientCredentials, client_id: "nobody", client_secret: "wrong" }));
  expectInvalidClient(await requestToken(clientCredentials));
});

test("case 16: a NUL byte in the client id is a 401", async ({ portal }) => {
  const { clientId, clientSecret } = await portal.createMachine();
  expectInvalidClient(
    await requestToken({ ...clientCredentials, client_id: `${clientId}\0`, client_secret: clientSecret }),
  );
  expectInvalidClient(await withAuthorization(basicAuthorization("\0", clientSecret)));
});

test.for(["basic", "BASIC", "bAsIc"])("case 17: the scheme as %s", async (scheme, { portal }) => {
  const { clientId, clientSecret } = await portal.createMachine();
  const answer = await withAuthorization(basicAuthorization(clientId, clientSecret).replace("Basic", scheme));
  expect(answer.status).toBe(200);
});

test("RFC 7617: a chosen secret with an unencoded + and %, as curl -u sends it, at every endpoint", async ({
  portal,
}) => {
  const machine = await portal.createMachine({ clientSecret: "a+chosen%secret%2Bwith:both%zz-1234567890" });
  const headers = { Authorization: basicOf(`${machine.clientId}:${machine.clientSecret}`) };
  const wrong = { Authorization: basicOf(`${machine.clientId}:${machine.clientSecret}%`) };
  const endpoints = { token: clientCredentials, introspect: { token: "x" }, revoke_token: { token: "x" }, par: {} };
  for (const [endpoint, fields] of Object.entries(endpoints)) {
    const answer = await postForm(`/o/${endpoint}/`, fields, { headers });
    // Pushed requests accept the client, and then need more parameters.
    expect([endpoint, answer.status]).toEqual([endpoint, endpoint === "par" ? 400 : 200]);
    expectInvalidClient(await postForm(`/o/${endpoint}/`, fields, { headers: wrong }));
  }
  const device = await postForm("/o/device-authorization/", {}, { headers });
  expectOAuthError(device, 400, "unauthorized_client");
  const encoded = basicAuthorization(machine.clientId, machine.clientSecret);
  expect((await withAuthorization(encoded)).status).toBe(200);
});

test("case 18: unreadable credentials are a 401", async ({ portal }) => {
  const { clientId, clientSecret } = await portal.createMachine();
  const good = basicAuthorization(clientId, clientSecret);
  const garbage = [
    "Basic",
    "Basic ",
    "Basic !!!!",
    "Basic =",
    basicOf("no colon"),
    basicOf(":"),
    basicOf(`${clientId}:%zz`),
    basicOf(`${clientId}:%00`),
    basicOf(Buffer.from([0xff, 0xfe, 0x3a, 0xff])),
    `Basic realm="x"`,
    `${good} ${good}`,
    "Bearer",
    `Bearer ${clientSecret}`,
    "Digest username=a",
    clientSecret,
    ":",
  ];
  for (const authorization of garbage) expectInvalidClient(await withAuthorization(authorization));
});

test("a secret with every allowed character, form-encoded in Basic (RFC 6749 §2.3.1)", async ({ portal }) => {
  const clientSecret = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join("");
  const { clientId } = await portal.createMachine({ clientSecret });
  expect((await withAuthorization(basicAuthorization(clientId, clientSecret))).status).toBe(200);
  const inBody = { ...clientCredentials, client_id: clientId, client_secret: clientSecret };
  expect((await requestToken(inBody)).status).toBe(200);
});

test("attack 36: two methods at once are an invalid_request, even if both are correct", async ({ portal }) => {
  const machine = await portal.createMachine();
  const headers = { Authorization: basicAuthorization(machine.clientId, machine.clientSecret) };
  const both = await requestToken({ ...clientCredentials, ...credentialsOf(machine) }, { headers });
  expectOAuthError(both, 400, "invalid_request");
  const sameId = await requestToken({ ...clientCredentials, client_id: machine.clientId }, { headers });
  expect(sameId.status).toBe(200);
  const otherId = await requestToken({ ...clientCredentials, client_id: "another" }, { headers });
  expectOAuthError(otherId, 400, "invalid_request");
});

test("a confidential client without its secret isn't mistaken for a public one", async ({ portal }) => {
  const { clientId } = await portal.createMachine();
  expectInvalidClient(await requestToken({ ...clientCredentials, client_id: clientId }));
  expectInvalidClient(await requestToken({ ...clientCredentials, client_id: clientId, client_secret: "" }));
  expectInvalidClient(await withAuthorization(basicAuthorization(clientId, "")));
});

test("secrets: two active ones work, a revoked or expired one doesn't", async ({ portal }) => {
  const machine = await portal.createMachine();
  const second = await portal.addSecret(machine);
  const status = async (clientSecret: string) =>
    (await withAuthorization(basicAuthorization(machine.clientId, clientSecret))).status;
  expect([await status(machine.clientSecret), await status(second.clientSecret)]).toEqual([200, 200]);

  await portal.database.clientSecret.updateMany({
    where: { id: second.secretId },
    data: { expiresAt: new Date(Date.now() - 1000) },
  });
  expect([await status(machine.clientSecret), await status(second.clientSecret)]).toEqual([200, 401]);

  await portal.database.clientSecret.updateMany({
    where: { applicationId: machine.id, id: { not: second.secretId } },
    data: { revokedAt: new Date() },
  });
  expect([await status(machine.clientSecret), await status(second.clientSecret)]).toEqual([401, 401]);
});

test("a secret's last use is recorded, so that its owner sees which one can be removed", async ({ portal }) => {
  const machine = await portal.createMachine();
  const lastUse = () =>
    portal.database.clientSecret.findFirst({ where: { applicationId: machine.id }, select: { lastUsedAt: true } });
  expect((await lastUse())?.lastUsedAt).toBeNull();
  await withAuthorization(basicAuthorization(machine.clientId, machine.clientSecret));
  expect((await lastUse())?.lastUsedAt).toBeInstanceOf(Date);
});

test("neither a hash nor another spelling of a secret is accepted", async ({ portal }) => {
  const { id, clientId, clientSecret } = await portal.createMachine();
  const stored = await portal.database.clientSecret.findFirst({ where: { applicationId: id } });
  const spellings = [
    stored?.hash ?? "",
    clientSecret.slice(0, -1),
    `${clientSecret}a`,
    `${clientSecret} `,
    ` ${clientSecret}`,
    clientSecret.toLowerCase(),
    `${clientSecret}\0`,
  ];
  for (const spelling of spellings)
    expectInvalidClient(await withAuthorization(basicAuthorization(clientId, spelling)));
});
