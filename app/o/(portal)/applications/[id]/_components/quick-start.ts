import type { Messages } from "@/lib/messages/catalog";
import { endpoints, endpointUrl, toIssuer } from "@/lib/oauth/endpoints";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { curl, quoteForShell } from "@/lib/quick-starts/shell";
import type { QuickStartSubject } from "./quick-start-subject";

export interface QuickStartStep {
  /** Its title is the text of this name. */
  name: keyof Messages["quickStart"]["steps"];
  code: string;
}

export interface QuickStart {
  /** Path and query that start the flow in this browser; null if a plain link can't. */
  authorizePath: string | null;
  steps: QuickStartStep[];
}

/** Commands for a terminal that use this application. Secret, code, tokens and proofs are shell variables. */
export function buildQuickStart(application: QuickStartSubject, publicUrl: string): QuickStart {
  const { grantTypes, redirectUris } = application;
  const usesPkce = application.clientType === "public" || application.requirePkce;
  const { requirePushedAuthorizationRequests: pushes, requireSignedRequestObject: signs } = application;
  const [redirectUri] = redirectUris;
  const usesCode = grantTypes.includes("authorization_code") && redirectUri !== undefined;
  const usesDevice = grantTypes.includes(deviceCodeGrant);
  const path = usesCode ? toAuthorizePath(application.clientId, redirectUri) : null;
  const request = (grant: string, fields: string[]) => curlToken(application, publicUrl, grant, fields);
  const steps: (QuickStartStep | false | null)[] = [
    usesCode && pushes && { name: "push", code: pushLines(application, publicUrl, redirectUri) },
    path !== null && usesPkce && !pushes && !signs && { name: "linkWithPkce", code: pkceLines(`${publicUrl}${path}`) },
    usesCode && {
      name: "exchange",
      code: request("authorization_code", [
        `redirect_uri=${redirectUri}`,
        "code=$CODE",
        ...(usesPkce ? ["code_verifier=$CODE_VERIFIER"] : []),
      ]),
    },
    usesDevice && {
      name: "device",
      code: curlAs(application, endpointUrl(toIssuer(publicUrl), "deviceAuthorization"), []),
    },
    usesDevice && {
      name: "poll",
      code: request(deviceCodeGrant, ["device_code=$DEVICE_CODE"]),
    },
    grantTypes.includes("refresh_token") && {
      name: "refresh",
      code: request("refresh_token", ["refresh_token=$REFRESH_TOKEN"]),
    },
    grantTypes.includes("client_credentials") && {
      name: "machine",
      code: request("client_credentials", []),
    },
    { name: "call", code: curlResource(application, publicUrl) },
  ];
  const isPlainLink = !usesPkce && !pushes && !signs;
  return { authorizePath: isPlainLink ? path : null, steps: steps.filter((step) => step !== null && step !== false) };
}

function toAuthorizePath(clientId: string, redirectUri: string): string {
  const query = new URLSearchParams({ response_type: "code", client_id: clientId, redirect_uri: redirectUri });
  return `${endpoints.authorization.path}/?${query}`;
}

const verifierLines = [
  "CODE_VERIFIER=$(openssl rand -hex 32)",
  `CODE_CHALLENGE=$(printf %s "$CODE_VERIFIER" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')`,
];

/** RFC 7636 §4.1 and §4.2. The query is encoded, so that nothing in it is special between double quotes. */
function pkceLines(link: string): string {
  return [...verifierLines, `echo "${link}&code_challenge=$CODE_CHALLENGE&code_challenge_method=S256"`].join("\n");
}

/** RFC 9126 §2 and §4: the request is sent first, and the link contains only a reference to it. */
function pushLines(application: QuickStartSubject, publicUrl: string, redirectUri: string): string {
  const usesPkce = application.clientType === "public" || application.requirePkce;
  const plain = [
    "response_type=code",
    `redirect_uri=${redirectUri}`,
    ...(usesPkce ? ["code_challenge=$CODE_CHALLENGE", "code_challenge_method=S256"] : []),
  ];
  // RFC 9101 §5: these parameters are in the signed object instead.
  const fields = application.requireSignedRequestObject ? ["request=$REQUEST_OBJECT"] : plain;
  const query = new URLSearchParams({ client_id: application.clientId });
  return [
    ...(usesPkce ? verifierLines : []),
    ...(application.requireSignedRequestObject ? ["# REQUEST_OBJECT: the request, signed by the application."] : []),
    curlAs(application, endpointUrl(toIssuer(publicUrl), "pushedAuthorization"), fields),
    "# with the request_uri of the answer:",
    `echo "${endpointUrl(toIssuer(publicUrl), "authorization")}?${query}&request_uri=$REQUEST_URI"`,
  ].join("\n");
}

function curlToken(application: QuickStartSubject, publicUrl: string, grant: string, fields: string[]): string {
  return curlAs(application, endpointUrl(toIssuer(publicUrl), "token"), fields, [
    `-d grant_type=${grant}`,
    ...dpopProof(application),
  ]);
}

function curlResource(application: QuickStartSubject, publicUrl: string): string {
  const scheme = application.dpopBoundAccessTokens ? "DPoP" : "Bearer";
  const options = [`-H "Authorization: ${scheme} $ACCESS_TOKEN"`, ...dpopProof(application)];
  return `curl ${options.join(" ")} ${quoteForShell(`${publicUrl}/resource`)}`;
}

function curlAs(application: QuickStartSubject, url: string, fields: string[], options: string[] = []): string {
  const { option, fields: credentials } = readCredentials(application);
  return curl(url, [...credentials, ...fields], [...option, ...options]);
}

/** RFC 9449 §4: a new one for each request. */
function dpopProof(application: QuickStartSubject): string[] {
  return application.dpopBoundAccessTokens ? ['-H "DPoP: $DPOP_PROOF"'] : [];
}

/**
 * If there is a choice, credentials go in the body: unlike in the Basic header, curl encodes all their characters
 * there.
 */
function readCredentials({ clientId, clientType, tokenEndpointAuthMethod }: QuickStartSubject): {
  option: string[];
  fields: string[];
} {
  if (clientType === "public") return { option: [], fields: [`client_id=${clientId}`] };
  if (tokenEndpointAuthMethod === "client_secret_basic") {
    // RFC 6749 §2.3.1: form-encoded, so nothing is special between double quotes.
    const encoded = new URLSearchParams({ id: clientId }).toString().slice("id=".length);
    return { option: [`-u "${encoded}:$CLIENT_SECRET"`], fields: [] };
  }
  if (tokenEndpointAuthMethod === "private_key_jwt") {
    const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    return { option: [], fields: [`client_assertion_type=${type}`, "client_assertion=$CLIENT_ASSERTION"] };
  }
  return { option: [], fields: [`client_id=${clientId}`, "client_secret=$CLIENT_SECRET"] };
}
