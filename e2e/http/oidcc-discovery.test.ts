import * as openidClient from "openid-client";
import { expect } from "vitest";
import { baseUrl, issuer, secondBaseUrl } from "../support/environment";
import { send } from "../support/http";
import { publishEveryKey } from "../support/publish-every-key";
import { metadata, readList } from "../support/server-metadata";
import { findSharedServer } from "../support/shared-server";
import { parseJson } from "../support/token-client";
import { test } from "../support/vitest";

const path = "/o/.well-known/openid-configuration";
const addressNames = Object.keys(metadata).filter((name) => /_endpoint$|_uri$|_iframe$/.test(name));

/** Scopes of other tests come and go. */
const withoutScopes = ({ scopes_supported: _, ...others }: Record<string, unknown>) => others;

test("case 104, oidcc-discovery-endpoint-verification: complete, true, JSON, cacheable, the same from every server", async () => {
  for (const target of [path, `${path}/`, "/.well-known/openid-configuration/o"]) {
    for (const base of [baseUrl, secondBaseUrl]) {
      const answer = await send("GET", target, { base, headers: { Origin: "https://any.example.test" } });
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        "content-type": "application/json",
        "cache-control": "public, max-age=3600",
        "access-control-allow-origin": "*",
      });
      expect(answer.headers["set-cookie"]).toBeUndefined();
      expect(withoutScopes(parseJson(answer.text))).toEqual(withoutScopes(metadata));
    }
  }
});

test("oidcc-discovery-issuer-not-matching-config: the issuer is the one of the requested address", async () => {
  const document = parseJson((await send("GET", path)).text);
  expect(document.issuer).toBe(issuer);
  expect(`${document.issuer}/.well-known/openid-configuration`).toBe(`${baseUrl}${path}`);
  const found = await openidClient.discovery(new URL(issuer), "any", undefined, undefined, {
    algorithm: "oidc",
    execute: [openidClient.allowInsecureRequests],
  });
  expect(found.serverMetadata().issuer).toBe(issuer);
});

test("oidcc-config: what OpenID Connect Discovery §3 requires", () => {
  expect(readList("response_types_supported")).toEqual(["code"]);
  expect(readList("subject_types_supported").toSorted()).toEqual(["pairwise", "public"]);
  expect(readList("id_token_signing_alg_values_supported")).toContain("RS256");
  expect(readList("scopes_supported")).toEqual(
    expect.arrayContaining(["openid", "profile", "email", "address", "phone", "offline_access"]),
  );
  expect(readList("claims_supported")).toEqual(expect.arrayContaining(["sub", "name", "email", "auth_time", "acr"]));
  expect(readList("prompt_values_supported")).toEqual(expect.arrayContaining(["none", "login", "consent"]));
  expect(readList("response_modes_supported")).toEqual(expect.arrayContaining(["query", "form_post", "jwt"]));
});

test("oidcc-ensure-endpoints-exist: every advertised address answers, none with 404", async () => {
  for (const name of addressNames) {
    const { pathname } = new URL(String(metadata[name]));
    expect((await send("GET", pathname)).status, name).not.toBe(404);
  }
});

test("oidcc-discovery-jwks: a key for every advertised algorithm, each with its own kid", async ({ portal }) => {
  await publishEveryKey(portal);
  const { keys } = parseJson((await send("GET", new URL(String(metadata.jwks_uri)).pathname)).text) as {
    keys: { alg: string; kid: string; use: string }[];
  };
  for (const alg of readList("id_token_signing_alg_values_supported")) {
    expect(
      keys.some((key) => key.alg === alg && key.use === "sig"),
      alg,
    ).toBe(true);
  }
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
});

test("behind a TLS proxy: every address is https if PUBLIC_URL is, although the proxy speaks http", async () => {
  const publicUrl = "https://127.0.0.1:8443";
  const { baseUrl: base } = await findSharedServer({ PUBLIC_URL: publicUrl });
  const document = parseJson((await send("GET", path, { base, headers: { "X-Forwarded-Proto": "http" } })).text);
  expect(document.issuer).toBe(`${publicUrl}/o`);
  for (const name of addressNames) expect(String(document[name]).startsWith(`${publicUrl}/o/`), name).toBe(true);
});
