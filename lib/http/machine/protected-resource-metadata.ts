import { currentSettings } from "@/lib/current-settings";
import { dpopAlgorithms } from "@/lib/oauth/client/dpop";
import { oauthErrorResponse } from "../responses";
import { allowAnyone } from "./cors";

/** What clients may read about a protected resource of this server (RFC 9728 §2). */
interface ResourceDescription {
  /** For people. */
  name: string;
  /** All that the resource understands; a route of it may ask for less. */
  scopes: readonly string[];
}

/**
 * The protected resources of this server, by path. A project that builds its own adds a line here and gives the path to
 * `protect`: the metadata are published, and every challenge points to them.
 */
const protectedResources: ReadonlyMap<string, ResourceDescription> = new Map([
  ["/resource", { name: "Sample resource", scopes: ["read"] }],
  ["/o/userinfo", { name: "Whom a token stands for", scopes: [] }],
]);

/**
 * Whole paths under which those lie, for clients that look at the address of the server or of the issuer because
 * nothing has challenged them. A token for one of these is good at every resource under it: the base is what a client
 * should name that knows no better (RFC 8707 §2).
 */
const resourceBases: ReadonlyMap<string, ResourceDescription> = new Map([
  ["", { name: "Latchkey", scopes: ["read"] }],
  ["/o", { name: "Whom a token stands for", scopes: [] }],
]);

const wellKnownPath = "/.well-known/oauth-protected-resource";

/**
 * What a resource is called in requests and in the audience of tokens (RFC 8707 §2): a path of this server, or any
 * absolute URI.
 */
export function toResourceIdentifier(resource: string): string {
  return resource === "" || resource.startsWith("/") ? `${currentSettings().publicUrl}${resource}` : resource;
}

/**
 * What a token may be restricted to that is good at this resource: the resource itself, or a base that it lies under.
 */
export function listAudiences(resource: string): string[] {
  const bases = [...resourceBases.keys()].filter((base) => resource.startsWith(`${base}/`));
  return (protectedResources.has(resource) ? [resource, ...bases] : [resource]).map(toResourceIdentifier);
}

/** The identifiers of the protected resources of this server (RFC 9728 §4). */
export function listResourceIdentifiers(): string[] {
  return [...protectedResources.keys()].map(toResourceIdentifier);
}

/** The URL for `resource_metadata` in a challenge (RFC 9728 §3.1, §5.1); null if nothing is published. */
export function findMetadataUrl(resource: string | undefined): string | null {
  if (resource === undefined || !protectedResources.has(resource)) return null;
  return `${currentSettings().publicUrl}${wellKnownPath}${resource}`;
}

/** Answers a request for metadata (RFC 9728 §3.1): 404 where no protected resource has this path. */
export function answerMetadataRequest(request: Request): Response {
  // Endpoints answer with and without a slash at the end.
  const path = new URL(request.url).pathname.slice(wellKnownPath.length).replace(/\/$/, "");
  const description = protectedResources.get(path) ?? resourceBases.get(path);
  if (!description) return allowAnyone(oauthErrorResponse(404, "not_found", "No protected resource has this path."));
  return Response.json(describeResource(path, description), {
    // RFC 9728 §3.2. Nobody's secrets are in it: the scripts of every site may read it, and every cache may keep it.
    headers: { "Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*" },
  });
}

function describeResource(path: string, { name, scopes }: ResourceDescription): Record<string, unknown> {
  return {
    resource: toResourceIdentifier(path),
    resource_name: name,
    authorization_servers: [`${currentSettings().publicUrl}/o`],
    ...(scopes.length > 0 ? { scopes_supported: scopes } : {}),
    bearer_methods_supported: ["header"],
    dpop_signing_alg_values_supported: dpopAlgorithms,
  };
}
