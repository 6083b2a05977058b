import { quoteForShell } from "../../_components/quote-for-shell";

export interface QuickStartSubject {
  clientId: string;
  clientType: "confidential" | "public";
  grantTypes: readonly string[];
  redirectUris: readonly string[];
  requirePkce: boolean;
}

export interface QuickStartStep {
  title: string;
  code: string;
}

export interface QuickStart {
  /** Path and query that start the flow in this browser; null where a plain link can't. */
  authorizePath: string | null;
  steps: QuickStartStep[];
}

/** Lines for a terminal that use this very application. Secret, code and tokens stand in variables of the shell. */
export function buildQuickStart(application: QuickStartSubject, publicUrl: string): QuickStart {
  const { grantTypes, redirectUris } = application;
  const usesPkce = application.clientType === "public" || application.requirePkce;
  const [redirectUri] = redirectUris;
  const usesCode = grantTypes.includes("authorization_code") && redirectUri !== undefined;
  const path = usesCode ? toAuthorizePath(application.clientId, redirectUri) : null;
  const request = (grant: string, fields: string[]) => curlToken(application, publicUrl, grant, fields);
  const steps: (QuickStartStep | false | null)[] = [
    path !== null && usesPkce && { title: "Authorize link with PKCE", code: pkceLines(`${publicUrl}${path}`) },
    usesCode && {
      title: "Exchange the code",
      code: request("authorization_code", [
        `redirect_uri=${redirectUri}`,
        "code=$CODE",
        ...(usesPkce ? ["code_verifier=$CODE_VERIFIER"] : []),
      ]),
    },
    grantTypes.includes("refresh_token") && {
      title: "Refresh the access token",
      code: request("refresh_token", ["refresh_token=$REFRESH_TOKEN"]),
    },
    grantTypes.includes("client_credentials") && {
      title: "Get a token for the application itself",
      code: request("client_credentials", []),
    },
    {
      title: "Call the sample API",
      code: `curl -H "Authorization: Bearer $ACCESS_TOKEN" ${quoteForShell(`${publicUrl}/resource`)}`,
    },
  ];
  return { authorizePath: usesPkce ? null : path, steps: steps.filter((step) => step !== null && step !== false) };
}

function toAuthorizePath(clientId: string, redirectUri: string): string {
  const query = new URLSearchParams({ response_type: "code", client_id: clientId, redirect_uri: redirectUri });
  return `/o/authorize/?${query}`;
}

/** RFC 7636 §4.1 and §4.2. In the query nothing is left unencoded that means something between double quotes. */
function pkceLines(link: string): string {
  return [
    "CODE_VERIFIER=$(openssl rand -hex 32)",
    `CODE_CHALLENGE=$(printf %s "$CODE_VERIFIER" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')`,
    `echo "${link}&code_challenge=$CODE_CHALLENGE&code_challenge_method=S256"`,
  ].join("\n");
}

/** Credentials go in the body: unlike in the Basic header, curl encodes each of their characters there. */
function curlToken(application: QuickStartSubject, publicUrl: string, grant: string, fields: string[]): string {
  const credentials = [
    `client_id=${application.clientId}`,
    ...(application.clientType === "confidential" ? ["client_secret=$CLIENT_SECRET"] : []),
  ];
  return [
    `curl ${quoteForShell(`${publicUrl}/o/token/`)}`,
    `-d grant_type=${grant}`,
    ...[...credentials, ...fields].map((field) => `--data-urlencode ${quoteField(field)}`),
  ].join(" \\\n  ");
}

/** Fields whose value is a variable stand between double quotes, so that the shell fills it in. */
function quoteField(field: string): string {
  return /^\w+=\$[A-Z_]+$/.test(field) ? `"${field}"` : quoteForShell(field);
}
