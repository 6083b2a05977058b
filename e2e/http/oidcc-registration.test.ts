import { generateKeyPairSync } from "node:crypto";
import { describe, expect } from "vitest";
import { startRegistrationServers } from "../support/registering";
import { defaultScope, toUpdate, webApp } from "../support/registration";
import { test } from "../support/vitest";

const { servers, register, refuse } = startRegistrationServers();

const ed = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
const jwks = { keys: [{ ...ed, kid: "a", use: "sig", alg: "EdDSA" }] };

/** Every OpenID Connect member that a client can register. */
const metadata = {
  ...webApp,
  application_type: "web",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  contacts: ["security@app.example.test"],
  client_uri: "https://app.example.test/",
  logo_uri: "https://app.example.test/logo.png",
  policy_uri: "https://app.example.test/privacy",
  tos_uri: "https://app.example.test/terms",
  jwks,
  token_endpoint_auth_method: "private_key_jwt",
  token_endpoint_auth_signing_alg: "EdDSA",
  subject_type: "pairwise",
  id_token_signed_response_alg: "ES256",
  userinfo_signed_response_alg: "RS256",
  request_object_signing_alg: "EdDSA",
  authorization_signed_response_alg: "PS256",
  introspection_signed_response_alg: "EdDSA",
  require_signed_request_object: true,
  request_uris: ["https://app.example.test/request.jwt#v1"],
  default_max_age: 3600,
  require_auth_time: true,
  default_acr_values: ["1"],
  initiate_login_uri: "https://app.example.test/start",
  post_logout_redirect_uris: ["https://app.example.test/bye"],
  backchannel_logout_uri: "https://app.example.test/backchannel",
  backchannel_logout_session_required: true,
  frontchannel_logout_uri: "https://app.example.test/frontchannel",
  frontchannel_logout_session_required: true,
};

describe("OpenID Connect Dynamic Client Registration §2, §3.2, §4: all metadata", () => {
  test("is returned at registration and when read, and stored for the server to use", async () => {
    const client = await register(metadata);
    expect(client.body).toMatchObject(metadata);
    const token = client.registrationToken;
    expect((await servers.manage("GET", client.clientId, { token })).body).toEqual(client.body);
    expect(await servers.find(client.clientId)).toMatchObject({
      kind: "web",
      subjectType: "pairwise",
      idTokenSignedResponseAlg: "ES256",
      userinfoSignedResponseAlg: "RS256",
      defaultMaxAge: 3600,
      requestUris: metadata.request_uris,
      postLogoutRedirectUris: metadata.post_logout_redirect_uris,
      initiateLoginUri: metadata.initiate_login_uri,
      backchannelLogoutSessionRequired: true,
    });
  });

  test("can be sent back unchanged, and an update without it removes it", async () => {
    const client = await register(metadata);
    const same = await servers.manage("PUT", client.clientId, {
      token: client.registrationToken,
      body: toUpdate(client),
    });
    expect(same.body).toMatchObject(metadata);
    const body = { ...webApp, client_id: client.clientId };
    const bare = await servers.manage("PUT", client.clientId, { token: same.registrationToken, body });
    expect(bare.body).toMatchObject({ subject_type: "public", id_token_signed_response_alg: "RS256" });
    for (const member of [
      "userinfo_signed_response_alg",
      "request_uris",
      "default_max_age",
      "frontchannel_logout_uri",
    ]) {
      expect(bare.body).not.toHaveProperty(member);
    }
    expect(await servers.find(client.clientId)).toMatchObject({ defaultMaxAge: null, requestUris: [], kind: null });
  });

  test("a client that names no scope may request those of OpenID", async () => {
    const { body } = await register();
    expect(body.scope).toBe(defaultScope);
    const machine = await register({ grant_types: ["client_credentials"] });
    expect(machine.body.scope).toBe("read write");
  });

  test("a security profile is set by its owner: an update keeps it, and has to satisfy it", async () => {
    const securityProfile = "fapi2_security";
    const keyed = { ...webApp, token_endpoint_auth_method: "private_key_jwt", jwks };
    const client = await register({ ...keyed, security_profile: securityProfile, securityProfile });
    const { clientId } = client;
    expect(await servers.find(clientId)).toMatchObject({ securityProfile: null });
    await servers.database.application.update({ where: { clientId }, data: { securityProfile }, select: { id: true } });
    const renamed = toUpdate(client, { client_name: "Renamed" });
    const updated = await servers.manage("PUT", clientId, { token: client.registrationToken, body: renamed });
    expect(updated.body).toMatchObject({ client_name: "Renamed", dpop_bound_access_tokens: true });
    expect(await servers.find(clientId)).toMatchObject({ securityProfile });
    const body = toUpdate(updated, { token_endpoint_auth_method: "client_secret_basic" });
    const weaker = await servers.manage("PUT", clientId, { token: updated.registrationToken, body });
    expect(weaker.body.error).toBe("invalid_client_metadata");
  });
});

test("a program registers fewer addresses than an owner may enter, and at least one", async () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `https://t${index}.example.test/cb`);
  expect((await register({ ...webApp, redirect_uris: many(50) })).status).toBe(201);
  expect(await refuse({ ...webApp, redirect_uris: many(51) })).toBe("invalid_redirect_uri");
  expect(await refuse({ ...webApp, post_logout_redirect_uris: many(51) })).toBe("invalid_client_metadata");
  expect(await refuse({ ...webApp, redirect_uris: [] })).toBe("invalid_redirect_uri");
});

test("oidcc-redirect-uri-regfrag: a redirect URI with a fragment is invalid_redirect_uri", async () => {
  const redirect_uris = ["https://app.example.test/callback#foobar"];
  expect(await refuse({ ...webApp, redirect_uris })).toBe("invalid_redirect_uri");
});

test("oidcc-3rd_party-init-login: initiate_login_uri is returned, by the configuration endpoint as well", async () => {
  const initiate_login_uri = "https://app.example.test/login?iss=x";
  const client = await register({ ...webApp, initiate_login_uri });
  expect(client.body.initiate_login_uri).toBe(initiate_login_uri);
  const read = await servers.manage("GET", client.clientId, { token: client.registrationToken });
  expect(read.body.initiate_login_uri).toBe(initiate_login_uri);
});

test("oidcc-3rd_party-init-login-nohttps: one that isn't on https is refused", async () => {
  const initiate_login_uri = "http://app.example.test/login";
  expect(await refuse({ ...webApp, initiate_login_uri })).toBe("invalid_client_metadata");
});

describe("§2: application_type", () => {
  test("native: a private scheme and loopback, and the type follows", async () => {
    const redirect_uris = ["com.example.app:/callback", "http://127.0.0.1/callback", "http://localhost:8080/callback"];
    const native = { redirect_uris, application_type: "native", token_endpoint_auth_method: "none" };
    const client = await register(native);
    expect(client.body).toMatchObject(native);
    expect(await servers.find(client.clientId)).toMatchObject({ kind: "native", clientType: "public" });
  });

  test.for([[["http://localhost:3118/callback"]], [["http://127.0.0.1/callback", "com.example.app:/callback"]]])(
    "omitted: a public client with %j alone is native, and gets that in the answer",
    async ([redirect_uris = []]) => {
      const client = await register({ redirect_uris, token_endpoint_auth_method: "none" });
      expect(client.body).toMatchObject({ redirect_uris, application_type: "native" });
      expect(await servers.find(client.clientId)).toMatchObject({ kind: "native", clientType: "public" });
      const mixed = [...redirect_uris, "https://app.example.test/callback"];
      for (const other of [{ redirect_uris }, { redirect_uris: mixed, token_endpoint_auth_method: "none" }]) {
        expect((await register(other)).body).not.toHaveProperty("application_type");
      }
    },
  );

  test.for([
    ["web", "com.example.app:/callback"],
    ["native", "http://app.example.test/callback"],
  ])("%s with %s is invalid_redirect_uri", async ([application_type = "", uri]) => {
    expect(await refuse({ application_type, redirect_uris: [uri] })).toBe("invalid_redirect_uri");
  });
});

describe("§3.3: what is refused", () => {
  const refused: Record<string, object> = {
    "unsigned ID tokens": { id_token_signed_response_alg: "none" },
    "ID tokens by a shared secret": { id_token_signed_response_alg: "HS256" },
    "unsigned answers of userinfo, asked for by name": { userinfo_signed_response_alg: "none" },
    "unsigned request objects": { request_object_signing_alg: "none" },
    "assertions by a shared secret": { token_endpoint_auth_signing_alg: "HS256" },
    "unsigned authorization responses": { authorization_signed_response_alg: "none" },
    "unsigned introspection responses": { introspection_signed_response_alg: "none" },
    "encrypted ID tokens": { id_token_encrypted_response_alg: "RSA-OAEP-256" },
    "encrypted answers of userinfo": { userinfo_encrypted_response_alg: "RSA-OAEP-256" },
    "encrypted request objects": { request_object_encryption_enc: "A128CBC-HS256" },
    "an unknown subject type": { subject_type: "private" },
    "a request object on http": { request_uris: ["http://app.example.test/request.jwt"] },
    "a request object in a private network (attack 44)": { request_uris: ["https://10.0.0.1/request.jwt"] },
    "a negative age": { default_max_age: -1 },
    "an age in words": { default_max_age: "3600" },
    "a fragment after the sign-out": { post_logout_redirect_uris: ["https://app.example.test/#bye"] },
    "a script after the sign-out (attack 15)": { post_logout_redirect_uris: ["javascript:alert(1)"] },
    "a back channel in a private network (attack 44)": { backchannel_logout_uri: "https://169.254.169.254/" },
    "a back channel with a fragment": { backchannel_logout_uri: "https://app.example.test/#out" },
    "a front channel on another origin": { frontchannel_logout_uri: "https://other.example.test/out" },
    "signed requests without keys": { require_signed_request_object: true },
    "pairwise subjects on several hosts": {
      subject_type: "pairwise",
      redirect_uris: ["https://app.example.test/callback", "https://other.example.test/callback"],
    },
  };

  test.for(Object.entries(refused))("%s", async ([, change]) => {
    expect(await refuse({ ...webApp, ...change })).toBe("invalid_client_metadata");
  });

  test("by an update as well, which changes nothing", async () => {
    const client = await register();
    const before = await servers.find(client.clientId);
    const body = toUpdate(client, { id_token_signed_response_alg: "none" });
    const answer = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
    expect(answer.body.error).toBe("invalid_client_metadata");
    expect(await servers.find(client.clientId)).toEqual(before);
  });
});

test("no server prints a secret or a token", () => {
  expect(servers.findPrintedSecrets()).toEqual([]);
});
