import { describe, expect, test } from "vitest";
import { answerPushedAuthorizationRequest } from "../authorize/pushed-authorization";
import { createProof } from "../testing/dpop-proof";
import { createFapiClient } from "../testing/fapi-client";
import { buildClientRequest, buildPkce, formEncode, type Wire } from "../testing/flow";
import { buildContext } from "../testing/test-context";
import { answerTokenRequest } from "../token/token";
import type { ProtocolResponse } from "../wire/messages";
import { dpopNonce } from "./dpop";

type Path = "/token" | "/par";

/** A client of private_key_jwt and DPoP at a server that requires nonces. */
async function arrange() {
  const context = buildContext();
  context.settings.requireDpopNonce = true;
  const { client, authenticate, dpopKey } = await createFapiClient(context);
  const parameters: Record<Path, Wire> = {
    "/token": { grant_type: "client_credentials" },
    "/par": {
      response_type: "code",
      redirect_uri: client.redirectUris[0],
      code_challenge: buildPkce().challenge,
      code_challenge_method: "S256",
    },
  };
  const prove = (path: Path, nonce: string | undefined = dpopNonce(context), claims = {}) =>
    createProof(dpopKey, { method: "POST", uri: `${context.issuer}${path}`, at: context.now(), nonce }, claims);
  const body = async (path: Path, assertion?: Record<string, unknown>): Promise<Wire> => ({
    ...(await authenticate(assertion)),
    ...parameters[path],
  });
  const send = (path: Path, sent: Wire, dpop: string | null): Promise<ProtocolResponse> => {
    const answer = path === "/token" ? answerTokenRequest : answerPushedAuthorizationRequest;
    return answer(context, buildClientRequest(sent, { dpop }));
  };
  return { context, body, prove, send };
}

const accepted: Record<Path, number> = { "/token": 200, "/par": 201 };
const used = { status: 401, body: { error: "invalid_client" } };

describe.each<Path>(["/token", "/par"])("RFC 9449 §8: use_dpop_nonce at %s leaves the assertion unused", (path) => {
  test("the same body is accepted with the nonce, and only once", async () => {
    const { body, prove, send } = await arrange();
    const sent = await body(path);
    const asked = await send(path, sent, await prove(path, ""));
    expect(asked).toMatchObject({ status: 400, body: { error: "use_dpop_nonce" } });
    const nonce = asked.headers["DPoP-Nonce"];
    expect(await send(path, sent, await prove(path, nonce))).toMatchObject({ status: accepted[path] });
    expect(await send(path, sent, await prove(path, nonce))).toMatchObject(used);
  });

  test("the proof that lacks the nonce isn't used up either", async () => {
    const { context, body, prove, send } = await arrange();
    const jti = { jti: "the same" };
    expect(await send(path, await body(path), await prove(path, "", jti))).toMatchObject({
      body: { error: "use_dpop_nonce" },
    });
    const answer = await send(path, await body(path), await prove(path, dpopNonce(context), jti));
    expect(answer).toMatchObject({ status: accepted[path] });
  });

  test("of 24 at the same time with different proofs, one is accepted", async () => {
    const { body, prove, send } = await arrange();
    const sent = await body(path);
    const proofs = await Promise.all(Array.from({ length: 24 }, () => prove(path)));
    const answers = await Promise.all(proofs.map((dpop) => send(path, sent, dpop)));
    expect(answers.filter(({ status }) => status === accepted[path])).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(23);
  });

  test.each([
    ["a proof for another endpoint", { htu: "https://elsewhere.example/" }],
    ["an old proof", { iat: 1 }],
  ])("nor does %s", async (_what, claims) => {
    const { context, body, prove, send } = await arrange();
    const sent = await body(path);
    expect(await send(path, sent, await prove(path, dpopNonce(context), claims))).toMatchObject({
      body: { error: "invalid_dpop_proof" },
    });
    expect(await send(path, sent, await prove(path))).toMatchObject({ status: accepted[path] });
  });

  test("a client that can't authenticate gets that error, without a nonce", async () => {
    const { body, prove, send } = await arrange();
    const answer = await send(path, await body(path, { aud: "https://elsewhere.example" }), await prove(path, ""));
    expect(answer).toMatchObject(used);
    expect(answer.headers).not.toHaveProperty("DPoP-Nonce");
  });

  test("a used assertion doesn't use up the proof beside it", async () => {
    const { body, prove, send } = await arrange();
    const [sent, proof] = [await body(path), await prove(path)];
    expect(await send(path, sent, await prove(path))).toMatchObject({ status: accepted[path] });
    expect(await send(path, sent, proof)).toMatchObject(used);
    expect(await send(path, await body(path), proof)).toMatchObject({ status: accepted[path] });
  });
});

test("RFC 7523 §3: a request that is refused later has used up its assertion", async () => {
  const { body, prove, send } = await arrange();
  const sent = { ...(await body("/token")), scope: "unknown" };
  expect(await send("/token", sent, await prove("/token"))).toMatchObject({ body: { error: "invalid_scope" } });
  expect(await send("/token", sent, await prove("/token"))).toMatchObject(used);
});

test("RFC 6749 §3.2: an unreadable one has not, because it was never checked", async () => {
  const { body, prove, send } = await arrange();
  const sent = await body("/token");
  const malformed = { ...sent, client_id: [String(sent.client_id), String(sent.client_id)] };
  expect(formEncode(malformed)).toMatch(/client_id=.*client_id=/);
  expect(await send("/token", malformed, await prove("/token"))).toMatchObject({ body: { error: "invalid_request" } });
  expect(await send("/token", { ...sent, grant_type: "x" }, await prove("/token"))).toMatchObject({ status: 400 });
  expect(await send("/token", sent, await prove("/token"))).toMatchObject({ status: 200 });
});
