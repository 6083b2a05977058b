import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import { dpopNonce } from "@/lib/oauth/client/dpop";
import { clientEndpoints } from "@/lib/oauth/client-endpoints";
import { type ClientEndpointName, endpointUri } from "@/lib/oauth/endpoints";
import type { Client } from "@/lib/oauth/ports/client";
import type { OAuthContext } from "@/lib/oauth/ports/context";
import { digest } from "@/lib/oauth/wire/digest";
import type { OAuthError } from "@/lib/oauth/wire/errors";
import { findTestCredential } from "./test-obstacle";

/** What a test calls as the application would: the endpoints of this server, through the same functions. */

export interface TestCall {
  form: URLSearchParams;
  /** The client secret, or an assertion; empty for a public client. */
  credential: string;
  ipAddress: string | null;
  dpop?: string | null;
}

export interface TestAnswer {
  body: Readonly<Record<string, unknown>>;
  /** Null: it was accepted. */
  refusal: { error: string; description: string; reason: string | null } | null;
  duration: number;
}

/** Calls an endpoint with the authentication that the client is registered for. */
export async function callAsClient(
  server: OAuthContext,
  client: Client,
  endpoint: ClientEndpointName,
  { form, credential, ipAddress, dpop = null }: TestCall,
): Promise<TestAnswer> {
  const { fields, authorization } = authenticate(client, credential);
  const body = new URLSearchParams([...form, ...Object.entries(fields)]);
  let thrown: OAuthError | null = null;
  const begun = performance.now();
  const response = await clientEndpoints[endpoint](
    server,
    {
      query: "",
      contentType: "application/x-www-form-urlencoded",
      authorization,
      body: body.toString(),
      dpop,
      accept: null,
      origin: null,
      ipAddress,
      network: toRateLimitNetwork(ipAddress),
    },
    (error) => {
      thrown = error;
    },
  );
  const duration = performance.now() - begun;
  const answered = typeof response.body === "object" && response.body !== null ? response.body : {};
  return { body: answered, refusal: response.status < 400 ? null : toRefusal(answered, thrown), duration };
}

function toRefusal(body: Readonly<Record<string, unknown>>, thrown: OAuthError | null) {
  const { error, error_description: description = "" } = body;
  const reason = typeof thrown?.cause === "string" ? thrown.cause : null;
  return { error: String(error), description: String(description), reason };
}

function authenticate(client: Client, credential: string) {
  const { clientId, tokenEndpointAuthMethod } = client;
  switch (findTestCredential(client)) {
    case "assertion": {
      const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
      return { fields: { client_assertion_type: type, client_assertion: credential }, authorization: null };
    }
    case "secret":
      if (tokenEndpointAuthMethod === "client_secret_post") {
        return { fields: { client_id: clientId, client_secret: credential }, authorization: null };
      }
      return { fields: {}, authorization: toBasic(clientId, credential) };
    case null:
      return { fields: { client_id: clientId }, authorization: null };
  }
}

/** RFC 6749 §2.3.1: both halves are form-encoded. */
function toBasic(clientId: string, secret: string): string {
  const [id, password] = [clientId, secret].map((text) =>
    new URLSearchParams({ text }).toString().slice("text=".length),
  );
  return `Basic ${Buffer.from(`${id}:${password}`).toString("base64")}`;
}

/** Pushes an authorization request (RFC 9126 §2.1). */
export async function pushTestRequest(
  server: OAuthContext,
  client: Client,
  call: TestCall,
): Promise<{ requestUri: string; duration: number } | { requestUri: null; error: string; description: string }> {
  const { body, refusal, duration } = await callAsClient(server, client, "pushedAuthorization", call);
  if (refusal) return { requestUri: null, error: refusal.error, description: refusal.description };
  return { requestUri: String(body.request_uri), duration };
}

/** A key for one test, and its proofs (RFC 9449 §4.2). */
export interface TestProver {
  prove(target: { method: string; uri: string; accessToken?: string }): Promise<string>;
}

/** Null for a client whose tokens needn't be bound to a key. */
export async function createProver(
  server: OAuthContext,
  { dpopBoundAccessTokens }: Pick<Client, "dpopBoundAccessTokens">,
): Promise<TestProver | null> {
  if (!dpopBoundAccessTokens) return null;
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwk: JWK = await exportJWK(publicKey);
  return {
    prove({ method, uri, accessToken }) {
      const iat = Math.floor(server.now().getTime() / 1000);
      const ath = accessToken === undefined ? undefined : digest(accessToken);
      return new SignJWT({ jti: randomUUID(), htm: method, htu: uri, iat, ath, nonce: dpopNonce(server) })
        .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk })
        .sign(privateKey);
    },
  };
}

export function tokenUri(server: OAuthContext): string {
  return endpointUri(server.issuer, "token");
}
