import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { Client } from "../ports/client";
import type { TestContext } from "./test-context";

/** A key pair of a client: `jwks` is what it registers. */
export async function createClientKeys(alg = "ES256") {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: "client", alg };
  return { alg, privateKey, jwks: { keys: [jwk] } };
}

type SigningKeys = Pick<Awaited<ReturnType<typeof createClientKeys>>, "alg" | "privateKey">;

/** A request object of the client for this server, as RFC 9101 §4 has it, with the request of the walk-through. */
export function signRequestObject(
  context: TestContext,
  client: Client,
  { alg, privateKey }: SigningKeys,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const payload = {
    iss: client.clientId,
    aud: context.issuer,
    exp: context.now().getTime() / 1000 + 60,
    client_id: client.clientId,
    response_type: "code",
    redirect_uri: client.redirectUris[0],
    state: "inside",
    ...claims,
  };
  return new SignJWT(payload).setProtectedHeader({ alg, kid: "client", ...header }).sign(privateKey);
}
