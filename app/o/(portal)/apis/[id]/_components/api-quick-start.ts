import type { Texts } from "@/lib/messages/texts";
import { endpointUrl, toIssuer } from "@/lib/oauth/endpoints";
import { curl, curlField, quoteForShell } from "@/lib/quick-starts/shell";
import type { ApiDetails } from "@/lib/services/apis/get-api";

export type ApiQuickStartSubject = Pick<ApiDetails, "identifier" | "scopes" | "tokenFormat">;

export interface ApiQuickStartStep {
  title: string;
  code: string;
}

/**
 * Commands for a terminal that get a token for this API and verify it. Client ID, secret, code and token are shell
 * variables.
 */
export function buildApiQuickStart(
  api: ApiQuickStartSubject,
  publicUrl: string,
  t: Texts<"apis">,
): ApiQuickStartStep[] {
  const { identifier, scopes, tokenFormat } = api;
  const resource = `resource=${identifier}`;
  const client = ["client_id=$CLIENT_ID", "client_secret=$CLIENT_SECRET"];
  const issuer = toIssuer(publicUrl);
  const token = endpointUrl(issuer, "token");
  const scope = scopes.slice(0, 2).join(" ");
  return [
    {
      title: t("quickStart.ownToken"),
      code: curl(token, ["grant_type=client_credentials", ...client, resource, `scope=${scope}`]),
    },
    { title: t("quickStart.authorizationLink"), code: authorizeLink(issuer, resource, scope) },
    {
      title: t("quickStart.code"),
      code: curl(token, [
        "grant_type=authorization_code",
        ...client,
        "redirect_uri=$REDIRECT_URI",
        "code=$CODE",
        resource,
      ]),
    },
    {
      title: t("quickStart.introspection"),
      code: curl(endpointUrl(issuer, "introspection"), [...client, "token=$ACCESS_TOKEN"]),
    },
    ...(tokenFormat === "jwt"
      ? [
          {
            title: t("quickStart.keys"),
            code: `curl ${quoteForShell(endpointUrl(issuer, "keySet"))}`,
          },
        ]
      : []),
  ];
}

/** curl encodes the client ID and the redirect URI, and prints the link instead of following it. */
function authorizeLink(issuer: string, resource: string, scope: string): string {
  const fields = [
    "response_type=code",
    "client_id=$CLIENT_ID",
    "redirect_uri=$REDIRECT_URI",
    resource,
    `scope=${scope}`,
  ];
  return [
    `curl --silent --get --output /dev/null --write-out '%{url_effective}\\n' ${quoteForShell(endpointUrl(issuer, "authorization"))}`,
    ...fields.map(curlField),
  ].join(" \\\n  ");
}
