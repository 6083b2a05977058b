import { currentSettings } from "@/lib/current-settings";
import { dpopAlgorithms } from "@/lib/oauth/client/dpop";
import { toIssuer } from "@/lib/oauth/endpoints";
import type { HttpRequest } from "../http-request";
import { oauthErrorResponse } from "../responses";
import { allowAnyone } from "./cors";
import { protectedResources, type ResourceDescription, resourceBases } from "./protected-resources";

const wellKnownPath = "/.well-known/oauth-protected-resource";

/**
 * A resource's identifier in requests and in the audience of tokens (RFC 8707 §2): a path of this server, or any
 * absolute URI.
 */
export function toResourceIdentifier(resource: string): string {
  return resource === "" || resource.startsWith("/") ? `${currentSettings().publicUrl}${resource}` : resource;
}

/** The audiences that are valid at this resource: the resource itself, or a base above it. */
export function listAudiences(resource: string): string[] {
  const bases = [...resourceBases.keys()].filter((base) => resource.startsWith(`${base}/`));
  return (protectedResources.has(resource) ? [resource, ...bases] : [resource]).map(toResourceIdentifier);
}

/** The identifiers of this server's protected resources (RFC 9728 §4). */
export function listResourceIdentifiers(): string[] {
  return [...protectedResources.keys()].map(toResourceIdentifier);
}

/** The URL for `resource_metadata` in a challenge (RFC 9728 §3.1, §5.1); null if nothing is published. */
export function findMetadataUrl(resource: string | undefined): string | null {
  if (resource === undefined || !protectedResources.has(resource)) return null;
  return `${currentSettings().publicUrl}${wellKnownPath}${resource}`;
}

/** Answers a request for metadata (RFC 9728 §3.1): 404 if no protected resource has this path. */
export function answerMetadataRequest(request: HttpRequest): Response {
  // Endpoints answer with and without a trailing slash.
  const path = new URL(request.url).pathname.slice(wellKnownPath.length).replace(/\/$/, "");
  const description = protectedResources.get(path) ?? resourceBases.get(path);
  if (!description) return allowAnyone(oauthErrorResponse(404, "not_found", "No protected resource has this path."));
  return Response.json(describeResource(path, description), {
    // RFC 9728 §3.2. It contains no secrets: the scripts of every site may read it, and every cache may keep it.
    headers: { "Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*" },
  });
}

function describeResource(path: string, { name, scopes }: ResourceDescription): Record<string, unknown> {
  return {
    resource: toResourceIdentifier(path),
    resource_name: name,
    authorization_servers: [toIssuer(currentSettings().publicUrl)],
    ...(scopes.length > 0 ? { scopes_supported: scopes } : {}),
    bearer_methods_supported: ["header"],
    dpop_signing_alg_values_supported: dpopAlgorithms,
  };
}
