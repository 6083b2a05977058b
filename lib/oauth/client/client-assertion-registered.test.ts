import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect, test } from "vitest";
import type { Client } from "../ports/client";
import { buildContext, registerClient } from "../testing/test-context";
import { verifyClientAssertion } from "./client-assertion";

/** Authenticates by ES256 a client with keys for ES256 and EdDSA, to `aud`: the issuer unless it says otherwise. */
async function authenticate(
  values: Partial<Client>,
  { aud, ...settings }: { aud?: string; tokenEndpointAudience?: boolean } = {},
): Promise<void> {
  const context = buildContext(settings);
  const [ec, ed] = await Promise.all([generateKeyPair("ES256"), generateKeyPair("EdDSA")]);
  const keys = await Promise.all([ec.publicKey, ed.publicKey].map(exportJWK));
  const method = { tokenEndpointAuthMethod: "private_key_jwt", jwks: { keys }, secrets: [] } as const;
  const { client } = registerClient(context, { ...method, ...values });
  const now = context.now().getTime() / 1000;
  const audience = { aud: aud ?? context.issuer };
  const claims = { iss: client.clientId, sub: client.clientId, ...audience, jti: randomUUID(), exp: now + 60 };
  const assertion = await new SignJWT(claims).setProtectedHeader({ alg: "ES256" }).sign(ec.privateKey);
  await (await verifyClientAssertion(context, client, assertion)).consume();
}

test("OpenID Connect Dynamic Client Registration §2 token_endpoint_auth_signing_alg: any unless registered", async () => {
  await authenticate({ tokenEndpointAuthSigningAlg: null });
  await authenticate({ tokenEndpointAuthSigningAlg: "ES256" });
});

test("an assertion with another algorithm than the registered one doesn't authenticate, whatever its key", async () => {
  await expect(authenticate({ tokenEndpointAuthSigningAlg: "EdDSA" })).rejects.toMatchObject({
    error: "invalid_client",
    cause: "assertion: another algorithm",
  });
});

const aud = "https://id.example/o/token/";

test("OpenID Connect Core §9: the token endpoint is accepted as audience if configured, besides the issuer", async () => {
  await authenticate({}, { aud, tokenEndpointAudience: true });
  await authenticate({}, { tokenEndpointAudience: true });
  const expected = "expected https://id.example/o";
  await expect(authenticate({}, { aud })).rejects.toMatchObject({ cause: `assertion: aud ${aud}, ${expected}` });
  const elsewhere = { aud: "https://evil.example/o/token/", tokenEndpointAudience: true };
  await expect(authenticate({}, elsewhere)).rejects.toMatchObject({
    cause: `assertion: aud ${elsewhere.aud}, ${expected} or ${aud}`,
  });
});

test("FAPI 2.0 Security Profile §5.3.2.1: never with a security profile", async () => {
  const profile = { securityProfile: "fapi2_security" } as const;
  await authenticate(profile, { tokenEndpointAudience: true });
  await expect(authenticate(profile, { aud, tokenEndpointAudience: true })).rejects.toMatchObject({
    cause: `assertion: aud ${aud}, expected https://id.example/o`,
  });
});
