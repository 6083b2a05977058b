import { quoteForShell } from "@/app/o/(portal)/applications/_components/quote-for-shell";
import type { ApiDetails } from "@/lib/services/apis/get-api";

export type ApiQuickStartSubject = Pick<ApiDetails, "identifier" | "scopes" | "tokenFormat">;

export interface ApiQuickStartStep {
  title: string;
  code: string;
}

/**
 * Lines for a terminal that get a token for this very API and check it. Whose client id, secret, code and token it is
 * stands in variables of the shell.
 */
export function buildApiQuickStart(api: ApiQuickStartSubject, publicUrl: string): ApiQuickStartStep[] {
  const { identifier, scopes, tokenFormat } = api;
  const resource = `resource=${identifier}`;
  const client = ["client_id=$CLIENT_ID", "client_secret=$CLIENT_SECRET"];
  const token = `${publicUrl}/o/token/`;
  const scope = scopes.slice(0, 2).join(" ");
  return [
    {
      title: "Get a token for the application itself",
      code: curl(token, ["grant_type=client_credentials", ...client, resource, `scope=${scope}`]),
    },
    { title: "Authorization link for a user", code: authorizeLink(publicUrl, resource, scope) },
    {
      title: "Exchange the code",
      code: curl(token, [
        "grant_type=authorization_code",
        ...client,
        "redirect_uri=$REDIRECT_URI",
        "code=$CODE",
        resource,
      ]),
    },
    {
      title: "Introspect a token as a resource server",
      code: curl(`${publicUrl}/o/introspect/`, [...client, "token=$ACCESS_TOKEN"]),
    },
    ...(tokenFormat === "jwt"
      ? [
          {
            title: "Keys to verify the signature",
            code: `curl ${quoteForShell(`${publicUrl}/o/.well-known/jwks.json`)}`,
          },
        ]
      : []),
  ];
}

/** curl encodes the client id and the redirect URI, whatever they are, and prints the link instead of following it. */
function authorizeLink(publicUrl: string, resource: string, scope: string): string {
  const fields = [
    "response_type=code",
    "client_id=$CLIENT_ID",
    "redirect_uri=$REDIRECT_URI",
    resource,
    `scope=${scope}`,
  ];
  return [
    `curl --silent --get --output /dev/null --write-out '%{url_effective}\\n' ${quoteForShell(`${publicUrl}/o/authorize/`)}`,
    ...fields.map((field) => `--data-urlencode ${quoteField(field)}`),
  ].join(" \\\n  ");
}

/** Credentials go in the body: unlike in the Basic header, curl encodes each of their characters there. */
function curl(url: string, fields: readonly string[]): string {
  return [`curl ${quoteForShell(url)}`, ...fields.map((field) => `--data-urlencode ${quoteField(field)}`)].join(
    " \\\n  ",
  );
}

/** Fields whose value is a variable stand between double quotes, so that the shell fills it in. */
function quoteField(field: string): string {
  return /^\w+=\$[A-Z_]+$/.test(field) ? `"${field}"` : quoteForShell(field);
}
