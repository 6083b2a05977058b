import { describe, expect, test } from "vitest";
import { applicationSchema } from "./application-schema";

const schema = applicationSchema({ allowHttp: false });
const webApp = {
  name: "web-app",
  clientType: "confidential" as const,
  grantTypes: ["authorization_code" as const],
  redirectUris: ["https://app.example/callback"],
  allowedScopes: [],
  requirePkce: false,
  skipConsent: false,
};

function fieldsAtFault(change: object): string[] {
  const result = schema.safeParse({ ...webApp, ...change });
  return result.success ? [] : result.error.issues.map(({ path }) => String(path[0]));
}

const elsewhere = "https://other.example/callback";

describe("OpenID Connect settings", () => {
  test.each([
    ["a kind", { kind: "single_page" }],
    ["an algorithm for ID tokens", { idTokenSignedResponseAlg: "EdDSA" }],
    ["signed answers of userinfo", { userinfoSignedResponseAlg: "PS256" }],
    ["request objects by reference, with the version in a fragment", { requestUris: ["https://app.example/r#1"] }],
    ["pairwise subjects on one host", { subjectType: "pairwise" }],
    [
      "pairwise subjects on several hosts with a sector identifier",
      {
        subjectType: "pairwise",
        redirectUris: [...webApp.redirectUris, elsewhere],
        sectorIdentifierUri: "https://app.example/sector.json",
      },
    ],
    [
      "pairwise subjects on a host and a loopback port, a sector of its own in any case",
      { subjectType: "pairwise", redirectUris: [...webApp.redirectUris, "http://127.0.0.1/callback"] },
    ],
    ["an age of zero, that is a fresh sign-in each time", { defaultMaxAge: 0 }],
    ["its own scheme after the sign-out", { postLogoutRedirectUris: ["com.example.app:/signed-out"] }],
    ["a front channel on the origin of a redirect URI", { frontchannelLogoutUri: "https://app.example/out?x=1" }],
  ])("%s will do", (_name, change) => {
    expect(fieldsAtFault(change)).toEqual([]);
  });

  test.each([
    ["an unknown kind", { kind: "toaster" }, "kind"],
    ["unsigned ID tokens", { idTokenSignedResponseAlg: "none" }, "idTokenSignedResponseAlg"],
    ["a shared key for ID tokens", { idTokenSignedResponseAlg: "HS256" }, "idTokenSignedResponseAlg"],
    ["unsigned request objects", { requestObjectSigningAlg: "none" }, "requestObjectSigningAlg"],
    ["a shared key for assertions", { tokenEndpointAuthSigningAlg: "HS256" }, "tokenEndpointAuthSigningAlg"],
    ["request objects over plain http", { requestUris: ["http://app.example/r"] }, "requestUris"],
    [
      "pairwise subjects on several hosts",
      { subjectType: "pairwise", redirectUris: [...webApp.redirectUris, elsewhere] },
      "sectorIdentifierUri",
    ],
    ["a sector identifier over plain http", { sectorIdentifierUri: "http://app.example/s" }, "sectorIdentifierUri"],
    ["a negative age", { defaultMaxAge: -1 }, "defaultMaxAge"],
    ["half a second", { defaultMaxAge: 0.5 }, "defaultMaxAge"],
    ["a start address over plain http", { initiateLoginUri: "http://app.example/start" }, "initiateLoginUri"],
    [
      "a fragment after the sign-out",
      { postLogoutRedirectUris: ["https://app.example/#out"] },
      "postLogoutRedirectUris",
    ],
    ["a front channel elsewhere", { frontchannelLogoutUri: "https://other.example/out" }, "frontchannelLogoutUri"],
    ["a back channel with credentials", { backchannelLogoutUri: "https://u:p@app.example/" }, "backchannelLogoutUri"],
    ["signed requests without keys", { requireSignedRequestObject: true }, "requireSignedRequestObject"],
  ])("%s is refused", (_name, change, field) => {
    expect(fieldsAtFault(change)).toContain(field);
  });

  test("an empty address counts as none", () => {
    const { initiateLoginUri, jwksUri } = schema.parse({ ...webApp, initiateLoginUri: "", jwksUri: " " });
    expect([initiateLoginUri, jwksUri]).toEqual([null, null]);
  });
});
