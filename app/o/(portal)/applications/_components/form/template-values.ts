import { fillRedirectUris } from "@/lib/quick-starts/templates/fill-template";
import { type TemplateId, templates } from "@/lib/quick-starts/templates/templates";
import type { ApplicationValues } from "./application-fields";
import { newApplicationValues } from "./application-values";

/** The values of a new application that a template describes. `url` is where it runs, as it was typed; empty: unknown. */
export function newTemplateValues(
  id: TemplateId,
  url: string,
  credentials: Parameters<typeof newApplicationValues>[1],
): ApplicationValues {
  const { name, kind, redirectUris, scopes, settings } = templates[id];
  const isAtAnyAddress = !redirectUris.some((uri) => uri.includes("{url}"));
  const { tokenEndpointAuthMethod = "", claimsInIdToken = false, groupsInTokens = false } = settings;
  return {
    ...newApplicationValues(kind, credentials),
    name,
    redirect_uris: isAtAnyAddress || url !== "" ? fillRedirectUris(id, withScheme(url)).join("\n") : "",
    allowed_scopes: [...scopes],
    token_endpoint_auth_method: tokenEndpointAuthMethod,
    claims_in_id_token: claimsInIdToken,
    groups_in_tokens: groupsInTokens,
  };
}

/** People type hosts. */
function withScheme(url: string): string {
  const address = url.trim();
  return /^[a-z][a-z\d+.-]*:/i.test(address) && !/^[\w.-]+:\d/.test(address) ? address : `https://${address}`;
}
