import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { authorize } from "../authorize/authorize";
import { answerPushedAuthorizationRequest } from "../authorize/pushed-authorization";
import type { Client } from "../ports/client";
import type { SecurityProfile } from "../ports/client-choices";
import type { ClientRequest } from "../wire/messages";
import { buildScope } from "./builders";
import { createDpopKey, createProof } from "./dpop-proof";
import { buildClientRequest, buildPkce, formEncode, redirectParameters, signIn, type Wire } from "./flow";
import { createClientKeys, signRequestObject } from "./request-object";
import { registerClient, type TestContext } from "./test-context";

type Claims = Record<string, unknown>;

/** Values that a request has instead of the right ones; `undefined` leaves one out. */
interface Sending {
  parameters?: Wire;
  assertion?: Claims;
  request?: Partial<ClientRequest>;
}

/** A client that does everything its security profile requires, except what a test changes. */
export async function createFapiClient(
  context: TestContext,
  profile: SecurityProfile = "fapi2_security",
  values: Partial<Client> = {},
) {
  for (const name of ["openid", "offline_access"]) {
    context.stores.saveScope(buildScope(name));
  }
  const keys = await createClientKeys(values.tokenEndpointAuthSigningAlg ?? "ES256");
  const { client } = registerClient(context, {
    securityProfile: profile,
    grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
    jwks: keys.jwks,
    skipConsent: true,
    secrets: [],
    ...values,
  });
  const dpopKey = await createDpopKey();
  const { verifier, challenge } = buildPkce();
  const now = () => Math.floor(context.now().getTime() / 1000);

  const signAssertion = (claims: Claims = {}): Promise<string> => {
    const { clientId } = client;
    const usual = { iss: clientId, sub: clientId, aud: context.issuer, jti: randomUUID(), exp: now() + 60 };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: keys.alg, kid: "client" })
      .sign(keys.privateKey);
  };
  const authenticate = async (claims?: Claims): Promise<Wire> => ({
    client_id: client.clientId,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await signAssertion(claims),
  });
  const prove = (path: string, key = dpopKey) =>
    createProof(key, { method: "POST", uri: `${context.issuer}${path}`, at: context.now() });

  const authorization: Wire = {
    response_type: "code",
    redirect_uri: client.redirectUris[0],
    state: "pushed",
    code_challenge: challenge,
    code_challenge_method: "S256",
  };
  const signRequest = (claims: Claims = {}, header: Claims = {}) =>
    signRequestObject(context, client, keys, { nbf: now(), exp: now() + 60, ...authorization, ...claims }, header);

  const send = async (path: string, { parameters, assertion, request }: Sending): Promise<ClientRequest> => {
    const body = { ...(await authenticate(assertion)), ...parameters };
    return buildClientRequest(body, { dpop: await prove(path), ...request });
  };
  /** In a signed request object if the profile requires one. */
  const push = async ({ parameters, ...sending }: Sending = {}) => {
    const isSigned = profile === "fapi2_message_signing" && parameters?.request === undefined;
    const asked = { ...authorization, ...parameters };
    const pushed = isSigned ? { request: await signRequest(asked) } : asked;
    return answerPushedAuthorizationRequest(context, await send("/par", { parameters: pushed, ...sending }));
  };
  const obtainRequestUri = async (sending?: Sending): Promise<string> => {
    const answer = await push(sending);
    if (answer.status !== 201) throw new Error(`Expected 201: ${JSON.stringify(answer)}`);
    return String((answer.body as Claims).request_uri);
  };
  const follow = (requestUri: string, browser = signIn(context)) =>
    authorize(context, formEncode({ client_id: client.clientId, request_uri: requestUri }), browser);
  const obtainCode = async (sending?: Sending): Promise<string> => {
    const { code } = redirectParameters(await follow(await obtainRequestUri(sending)));
    if (code === undefined) throw new Error("Expected a code.");
    return code;
  };
  const exchangeOf = (code: string): Wire => ({
    grant_type: "authorization_code",
    code,
    redirect_uri: client.redirectUris[0],
    code_verifier: verifier,
  });

  return {
    ...{ client, keys, dpopKey, verifier },
    ...{ authenticate, signRequest, prove, send, push, obtainRequestUri, follow, obtainCode, exchangeOf },
  };
}
