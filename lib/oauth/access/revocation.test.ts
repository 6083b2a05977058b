import { describe, expect, test } from "vitest";
import {
  basic,
  buildClientRequest,
  isGood,
  obtainTokens,
  readTokens,
  refreshRequest,
  refusal,
  sendTokenRequest,
  type Wire,
} from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { digest } from "../wire/digest";
import { answerRevocationRequest } from "./revocation";

const grantTypes = ["authorization_code", "refresh_token", "client_credentials"];

async function arrange(values: { clientType?: "public" } = {}) {
  const context = buildContext();
  const { client, secret } = registerClient(context, { grantTypes, ...values });
  const tokens = await obtainTokens(context, client, secret);
  const credentials: Wire = { client_id: client.clientId, ...(values.clientType ? {} : { client_secret: secret }) };
  const revoke = (parameters: Wire) => send(context, { ...credentials, ...parameters });
  const refreshError = () => refusal(context, refreshRequest(client, secret, tokens.refreshToken));
  return { context, client, secret, tokens, credentials, revoke, refreshError };
}

function send(context: TestContext, parameters: Wire, authorization: string | null = null) {
  return answerRevocationRequest(context, buildClientRequest(parameters, { authorization }));
}

function revocations(context: TestContext) {
  return context.stores.auditEvents().filter(({ type }) => type === "token.revoked");
}

const done = { status: 200, headers: { "Cache-Control": "no-store", Pragma: "no-cache" }, body: null };

describe("RFC 7009 §2.1: what a revocation ends", () => {
  test.each([
    ["refreshToken", "refresh_token"],
    ["accessToken", "access_token"],
  ] as const)("cases 90 and 91: by its %s, the whole grant, told once in the audit log", async (name, kind) => {
    const { context, client, tokens, revoke, refreshError } = await arrange();
    expect(await revoke({ token: tokens[name] })).toEqual(done);
    expect(await isGood(context, tokens)).toBe(false);
    expect(await refreshError()).toBe("invalid_grant");
    expect(await revoke({ token: tokens[name] })).toEqual(done);
    expect(await revoke({ token: tokens[kind === "access_token" ? "refreshToken" : "accessToken"] })).toEqual(done);
    expect(revocations(context)).toEqual([
      {
        type: "token.revoked",
        at: context.now(),
        userId: context.user.id,
        applicationId: client.id,
        details: { kind },
      },
    ]);
    const { familyId } = (await context.stores.tokens.findAccessToken(digest(tokens.accessToken))) ?? {};
    expect(context.stores.findRevocationReason(familyId ?? "")).toBe("token_revoked");
  });

  test("a refresh token that was exchanged long ago still ends everything that came from it", async () => {
    const { context, client, secret, tokens, revoke } = await arrange();
    const body = refreshRequest(client, secret, tokens.refreshToken);
    const second = readTokens(await sendTokenRequest(context, body));
    context.clock.advance(3600);
    await revoke({ token: tokens.refreshToken });
    expect(await isGood(context, second)).toBe(false);
    expect(await refusal(context, refreshRequest(client, secret, second.refreshToken))).toBe("invalid_grant");
  });

  test("attack 28: an access token that a refresh has just replaced ends everything that came from it", async () => {
    const { context, client, secret, tokens, revoke } = await arrange();
    const body = refreshRequest(client, secret, tokens.refreshToken);
    const second = readTokens(await sendTokenRequest(context, body));
    await revoke({ token: tokens.accessToken });
    expect(await isGood(context, second)).toBe(false);
    expect(await refusal(context, refreshRequest(client, secret, second.refreshToken))).toBe("invalid_grant");
  });

  test("a client's own token ends alone", async () => {
    const { context, client, tokens, credentials, revoke } = await arrange();
    const body = { grant_type: "client_credentials", ...credentials };
    const [one, other] = [await sendTokenRequest(context, body), await sendTokenRequest(context, body)].map(readTokens);
    expect(await revoke({ token: one?.accessToken })).toEqual(done);
    expect(await isGood(context, { accessToken: one?.accessToken ?? "" })).toBe(false);
    expect(await isGood(context, { accessToken: other?.accessToken ?? "" })).toBe(true);
    expect(await isGood(context, tokens)).toBe(true);
    await revoke({ token: one?.accessToken });
    expect(revocations(context)).toEqual([
      expect.objectContaining({ userId: null, applicationId: client.id, details: { kind: "access_token" } }),
    ]);
  });

  test("another grant of the same user and client is left alone", async () => {
    const { context, client, secret, tokens, revoke } = await arrange();
    const other = await obtainTokens(context, client, secret);
    await revoke({ token: tokens.refreshToken });
    expect(await isGood(context, other)).toBe(true);
  });

  test.each([
    ["accessToken", "refresh_token"],
    ["refreshToken", "access_token"],
    ["refreshToken", "refresh_token"],
    ["accessToken", "pat"],
    ["refreshToken", ""],
  ] as const)("case 94: the %s with the hint %j is found all the same", async (name, hint) => {
    const { context, tokens, revoke } = await arrange();
    expect(await revoke({ token: tokens[name], token_type_hint: hint })).toEqual(done);
    expect(await isGood(context, tokens)).toBe(false);
  });

  test("a public client revokes with its ID, and so does a client that uses Basic", async () => {
    const browser = await arrange({ clientType: "public" });
    expect(await browser.revoke({ token: browser.tokens.refreshToken })).toEqual(done);
    expect(await isGood(browser.context, browser.tokens)).toBe(false);
    const { context, client, secret, tokens } = await arrange();
    expect(await send(context, { token: tokens.accessToken }, basic(client.clientId, secret))).toEqual(done);
    expect(await isGood(context, tokens)).toBe(false);
  });
});

describe("RFC 7009 §2.2: 200 without effect", () => {
  test("case 92: unknown tokens, of any length and character", async () => {
    const { context, tokens, revoke } = await arrange();
    const { accessToken } = tokens;
    const unknown = ["x", "\0", "é", "a".repeat(65_536), accessToken.slice(1), `${accessToken}=`, digest(accessToken)];
    for (const token of unknown) expect(await revoke({ token })).toEqual(done);
    expect(await isGood(context, tokens)).toBe(true);
    expect(revocations(context)).toEqual([]);
  });

  test("case 93, attack 41: another client's tokens, of any kind", async () => {
    const { context, tokens } = await arrange();
    const other = registerClient(context, { grantTypes });
    const credentials = { client_id: other.client.clientId, client_secret: other.secret };
    for (const token of [tokens.accessToken, tokens.refreshToken]) {
      expect(await send(context, { ...credentials, token })).toEqual(done);
    }
    const anonymous = registerClient(context, { clientType: "public" });
    expect(await send(context, { client_id: anonymous.client.clientId, token: tokens.refreshToken })).toEqual(done);
    expect(await isGood(context, tokens)).toBe(true);
    expect(revocations(context)).toEqual([]);
  });

  test("an expired token still ends its family: the refresh token may be valid", async () => {
    const { context, tokens, revoke, refreshError } = await arrange();
    context.clock.advance(36_000);
    expect(await revoke({ token: tokens.accessToken })).toEqual(done);
    expect(await refreshError()).toBe("invalid_grant");
  });
});

describe("RFC 7009 §2.2.1: errors", () => {
  test.each([{}, { token: "" }, { token_type_hint: "access_token" }])("case 95: without a token: %j", async (form) => {
    const { revoke } = await arrange();
    expect(await revoke(form)).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });

  test("a repeated token is an invalid_request and revokes neither", async () => {
    const { context, tokens, revoke } = await arrange();
    const answer = await revoke({ token: [tokens.accessToken, tokens.refreshToken] });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    expect(await isGood(context, tokens)).toBe(true);
  });

  test("case 96: a client that doesn't authenticate, or is disabled, revokes nothing", async () => {
    const { context, client, tokens, revoke } = await arrange();
    const unproven = { client_id: client.clientId };
    const refused = { status: 401, body: { error: "invalid_client" }, headers: { "Cache-Control": "no-store" } };
    const token = tokens.refreshToken;
    const attempts = [{}, unproven, { ...unproven, client_secret: "wrong" }, { client_id: "nobody" }];
    for (const credentials of attempts) expect(await send(context, { ...credentials, token })).toMatchObject(refused);
    expect(await isGood(context, tokens)).toBe(true);
    context.stores.saveClient({ ...client, disabled: true });
    expect(await revoke({ token })).toMatchObject(refused);
    context.stores.saveClient(client);
    expect(revocations(context)).toEqual([]);
  });
});
