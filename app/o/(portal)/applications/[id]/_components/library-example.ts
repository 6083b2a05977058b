import { openidScopes } from "@/lib/oauth/openid/claims";
import { exampleRedirectUri } from "@/lib/quick-starts/facts";
import { actsForUsers } from "../../_components/grant-types";
import type { QuickStartSubject } from "./quick-start-subject";

export interface LibraryExample {
  /** The title of the example is the text of this name. */
  library: "browser" | "node";
  code: string;
}

/** The start of a program, with everything that this application needs. Secrets come from the environment. */
export function writeLibraryExample(
  application: QuickStartSubject,
  { issuer, scopes }: { issuer: string; scopes: readonly string[] },
): LibraryExample {
  const { grantTypes, redirectUris } = application;
  const facts = {
    application,
    issuer,
    scope: chooseScope(application, scopes),
    redirectUri: redirectUris[0] ?? exampleRedirectUri,
  };
  const usesCode = grantTypes.includes("authorization_code");
  if (usesCode && application.kind === "single_page" && isForBrowsers(application)) {
    return { library: "browser", code: writeBrowserExample(facts) };
  }
  const forPerson = usesCode ? writeCodeFlow : writeDeviceFlow;
  const flow = actsForUsers(grantTypes) ? forPerson : writeMachineFlow;
  return { library: "node", code: [...writeConfiguration(facts), "", ...flow(facts)].join("\n") };
}

interface Facts {
  application: QuickStartSubject;
  issuer: string;
  scope: string;
  redirectUri: string;
}

/** The user's identity if it may have that; otherwise everything it may request. */
function chooseScope({ grantTypes }: QuickStartSubject, scopes: readonly string[]): string {
  const known = ["openid", "profile", "email"].filter((name) => scopes.includes(name));
  const others = scopes.filter((name) => !notForMachines.includes(name));
  return (actsForUsers(grantTypes) && known[0] === "openid" ? known : others).join(" ");
}

const notForMachines = [...openidScopes, "introspection"];

/** That library can neither push nor sign requests, and keeps no secret. */
function isForBrowsers(application: QuickStartSubject): boolean {
  const { requirePushedAuthorizationRequests: pushes, requireSignedRequestObject: signs } = application;
  return application.clientType === "public" && !pushes && !signs;
}

function writeBrowserExample({ application, issuer, scope, redirectUri }: Facts): string {
  const bindsTokens = application.dpopBoundAccessTokens;
  return [
    `import { ${bindsTokens ? "IndexedDbDPoPStore, " : ""}UserManager } from "oidc-client-ts";`,
    "",
    "const users = new UserManager({",
    `  authority: ${quote(issuer)},`,
    `  client_id: ${quote(application.clientId)},`,
    `  redirect_uri: ${quote(redirectUri)},`,
    `  scope: ${quote(scope)},`,
    ...(bindsTokens ? ["  dpop: { store: new IndexedDbDPoPStore() },"] : []),
    "});",
    "",
    "// A button that signs in:",
    "await users.signinRedirect();",
    "",
    `// On the page at ${redirectUri}:`,
    "const user = await users.signinCallback();",
  ].join("\n");
}

function writeConfiguration({ application, issuer }: Facts): string[] {
  const { clientId, dpopBoundAccessTokens, securityProfile } = application;
  const metadata = Object.entries(describeMetadata(application)).map(([name, value]) => `${name}: ${quote(value)}`);
  const usesKey = application.tokenEndpointAuthMethod === "private_key_jwt" || application.requireSignedRequestObject;
  return [
    ...(usesKey ? ['import { importJWK } from "jose";'] : []),
    'import * as client from "openid-client";',
    "",
    ...(usesKey
      ? [
          "// The private half of one of the public keys that are registered here.",
          "const jwk = JSON.parse(process.env.PRIVATE_JWK);",
          `const key = { key: await importJWK(jwk, jwk.alg ?? ${quote(chooseAlgorithm(application))}), kid: jwk.kid };`,
          "",
        ]
      : []),
    "const config = await client.discovery(",
    `  new URL(${quote(issuer)}),`,
    `  ${quote(clientId)},`,
    `  ${metadata.length > 0 ? `{ ${metadata.join(", ")} }` : "undefined"},`,
    `  ${describeAuthentication(application)},`,
    ...(issuer.startsWith("http:")
      ? ["  // Only while the issuer isn't on https.", "  { execute: [client.allowInsecureRequests] },"]
      : []),
    ");",
    ...(securityProfile === "fapi2_message_signing" ? ["client.useJwtResponseMode(config);"] : []),
    ...(dpopBoundAccessTokens
      ? [
          "// Keep this pair as long as the tokens: they are bound to it.",
          "const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());",
        ]
      : []),
  ];
}

/** Values that differ from the library's defaults. */
function describeMetadata(application: QuickStartSubject): Record<string, string> {
  const { idTokenSignedResponseAlg, userinfoSignedResponseAlg, authorizationSignedResponseAlg } = application;
  const isForUsers = actsForUsers(application.grantTypes);
  const isSigned = application.securityProfile === "fapi2_message_signing";
  return {
    ...(isForUsers &&
      idTokenSignedResponseAlg !== "RS256" && { id_token_signed_response_alg: idTokenSignedResponseAlg }),
    ...(isForUsers && userinfoSignedResponseAlg && { userinfo_signed_response_alg: userinfoSignedResponseAlg }),
    ...(isSigned && { authorization_signed_response_alg: authorizationSignedResponseAlg }),
  };
}

function describeAuthentication({ clientType, tokenEndpointAuthMethod }: QuickStartSubject): string {
  if (clientType === "public") return "client.None()";
  if (tokenEndpointAuthMethod === "private_key_jwt") return "client.PrivateKeyJwt(key)";
  const method = tokenEndpointAuthMethod === "client_secret_basic" ? "ClientSecretBasic" : "ClientSecretPost";
  return `client.${method}(process.env.CLIENT_SECRET)`;
}

/** The algorithm for a key without an `alg`. */
function chooseAlgorithm(application: QuickStartSubject): string {
  const { tokenEndpointAuthSigningAlg, requestObjectSigningAlg, jwks } = application;
  const [key] = jwks?.keys ?? [];
  return tokenEndpointAuthSigningAlg ?? requestObjectSigningAlg ?? algorithms[key?.crv ?? key?.kty ?? ""] ?? "ES256";
}

const algorithms: Record<string, string> = { RSA: "PS256", Ed25519: "EdDSA", "P-384": "ES384", "P-521": "ES512" };

function writeCodeFlow({ application, scope, redirectUri }: Facts): string[] {
  const isOpenid = scope.startsWith("openid");
  return [
    "// Someone wants to sign in: keep the verifier for this browser, and send it to the link.",
    "const verifier = client.randomPKCECodeVerifier();",
    "const request = {",
    `  redirect_uri: ${quote(redirectUri)},`,
    `  scope: ${quote(scope)},`,
    "  code_challenge: await client.calculatePKCECodeChallenge(verifier),",
    '  code_challenge_method: "S256",',
    "};",
    ...writeLink(application),
    "",
    `// It comes back to ${redirectUri}: currentUrl is the whole address, with its query.`,
    "const tokens = await client.authorizationCodeGrant(",
    "  config,",
    "  currentUrl,",
    `  { pkceCodeVerifier: verifier${isOpenid ? ", idTokenExpected: true" : ""} },`,
    ...(application.dpopBoundAccessTokens ? ["  undefined,", "  { DPoP },"] : []),
    ");",
    isOpenid ? "console.log(tokens.claims());" : "console.log(tokens.scope);",
  ];
}

function writeLink(application: QuickStartSubject): string[] {
  const { requirePushedAuthorizationRequests: pushes, requireSignedRequestObject: signs } = application;
  const signed = "await client.buildAuthorizationUrlWithJAR(config, request, key);";
  if (!pushes) return [`const link = ${signs ? signed : "client.buildAuthorizationUrl(config, request);"}`];
  const dpop = application.dpopBoundAccessTokens ? ", { DPoP }" : "";
  const parameters = signs ? "signed.searchParams" : "request";
  return [
    ...(signs ? [`const signed = ${signed}`] : []),
    `const link = await client.buildAuthorizationUrlWithPAR(config, ${parameters}${dpop});`,
  ];
}

function writeDeviceFlow({ application, scope }: Facts): string[] {
  const options = application.dpopBoundAccessTokens ? ", undefined, { DPoP }" : "";
  return [
    `const device = await client.initiateDeviceAuthorization(config, { scope: ${quote(scope)} });`,
    'console.log("Open", device.verification_uri, "and enter", device.user_code);',
    "",
    "// Waits until someone has allowed it.",
    `const tokens = await client.pollDeviceAuthorizationGrant(config, device${options});`,
    "console.log(tokens.scope);",
  ];
}

function writeMachineFlow({ application, scope }: Facts): string[] {
  const options = application.dpopBoundAccessTokens ? ", { DPoP }" : "";
  return [
    `const tokens = await client.clientCredentialsGrant(config, { scope: ${quote(scope)} }${options});`,
    "console.log(tokens.scope);",
  ];
}

function quote(text: string): string {
  return JSON.stringify(text);
}
