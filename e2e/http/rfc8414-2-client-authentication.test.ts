import { generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { expect } from "vitest";
import { DpopClient } from "../support/dpop";
import { issuer } from "../support/environment";
import { encodeForm, formType, postForm } from "../support/http";
import { obtainOwnToken } from "../support/introspection-client";
import type { Portal } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { pathOf, readList } from "../support/server-metadata";
import { basicAuthorization, credentialsOf, parseJson } from "../support/token-client";
import { test } from "../support/vitest";

/** RFC 8414 §2: the advertised client authentication methods, compared with what each endpoint does. */

/** Sends the credentials by this method; what follows the authentication is refused. */
async function authenticate(portal: Portal, endpoint: string, method: string): Promise<number> {
  const fields: Record<string, string> = { grant_type: "refresh_token", refresh_token: "unknown", token: "unknown" };
  if (method === "none") {
    const { clientId } = await portal.createPublicApplication();
    return (await postForm(pathOf(endpoint), { ...fields, client_id: clientId })).status;
  }
  if (method === "client_secret_basic") {
    const { clientId, clientSecret } = await portal.createApplication();
    const headers = { Authorization: basicAuthorization(clientId, clientSecret) };
    return (await postForm(pathOf(endpoint), fields, { headers })).status;
  }
  if (method === "client_secret_post") {
    return (await postForm(pathOf(endpoint), { ...fields, ...credentialsOf(await portal.createApplication()) })).status;
  }
  const bearer = await portal.createMachine({ allowedScopes: ["introspection"] });
  if (method === "DPoP") {
    const client = await DpopClient.create();
    const request = { grant_type: "client_credentials", ...credentialsOf(bearer) };
    const { accessToken } = await client.requestToken({ ...request, scope: "introspection" });
    const form = { headers: { "Content-Type": formType }, body: encodeForm(fields) };
    return (await client.send("POST", pathOf(endpoint), { ...form, accessToken })).status;
  }
  const headers = { Authorization: `Bearer ${await obtainOwnToken(bearer, { scope: "introspection" })}` };
  return (await postForm(pathOf(endpoint), fields, { headers })).status;
}

test.for(["token_endpoint", "revocation_endpoint", "introspection_endpoint"])(
  "%s: each advertised authentication method is accepted, and no other is",
  async (endpoint, { portal }) => {
    const advertised = readList(`${endpoint}_auth_methods_supported`);
    expect(advertised).toContain("private_key_jwt");
    // private_key_jwt is covered by the test of its algorithms.
    const known = ["client_secret_basic", "client_secret_post", "none", "Bearer", "DPoP"];
    for (const method of known) {
      const isLetIn = (await authenticate(portal, endpoint, method)) !== 401;
      expect(isLetIn, method).toBe(advertised.includes(method));
    }
    expect(advertised.filter((method) => ![...known, "private_key_jwt"].includes(method))).toEqual([]);
  },
);

/** One pair for each kind of key, created with `node:crypto`. */
function makeKeys(): Record<string, { publicKey: KeyObject; privateKey: KeyObject }> {
  return {
    RSA: generateKeyPairSync("rsa", { modulusLength: 2048 }),
    ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
    ES384: generateKeyPairSync("ec", { namedCurve: "P-384" }),
    ES512: generateKeyPairSync("ec", { namedCurve: "P-521" }),
    EdDSA: generateKeyPairSync("ed25519"),
    Ed25519: generateKeyPairSync("ed25519"),
  };
}

test("each signature algorithm of client assertions is accepted at every endpoint that advertises it", async ({
  portal,
}) => {
  const keys = makeKeys();
  const jwks = {
    keys: Object.entries(keys).map(([kid, pair]) => ({ ...pair.publicKey.export({ format: "jwk" }), kid })),
  };
  const client = await portal.createMachine({ tokenEndpointAuthMethod: "private_key_jwt", jwks });
  const assert = async (alg: string) => {
    const kid = /^[RP]S/.test(alg) ? "RSA" : alg;
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: client.clientId, sub: client.clientId, aud: issuer, jti: randomUUID(), exp: now + 60 };
    const assertion = await new SignJWT(claims)
      .setProtectedHeader({ alg, kid })
      .sign(keys[kid]?.privateKey ?? new Uint8Array(32));
    noteSecret(assertion);
    return {
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    };
  };
  const fields = { grant_type: "client_credentials", token: "unknown" };
  for (const endpoint of ["token_endpoint", "revocation_endpoint", "introspection_endpoint"]) {
    const advertised = readList(`${endpoint}_auth_signing_alg_values_supported`);
    expect(advertised).toEqual(expect.arrayContaining(["RS256", "PS256", "ES256", "EdDSA"]));
    for (const alg of advertised) {
      const answer = await postForm(pathOf(endpoint), { ...fields, ...(await assert(alg)) });
      expect(answer.status, `${endpoint} ${alg}`).toBe(200);
      noteSecret(String(parseJson(answer.text).access_token ?? ""));
    }
    expect((await postForm(pathOf(endpoint), { ...fields, ...(await assert("HS256")) })).status).toBe(401);
  }
});
