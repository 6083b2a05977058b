import type { ApplicationKind, ClientType } from "./client";
import { deviceCodeGrant } from "./types";

/** OpenID Connect Dynamic Client Registration §2 `application_type`. */
export const applicationTypes = ["web", "native"] as const;
export type ApplicationType = (typeof applicationTypes)[number];

const loopbackUri = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?(?:[/?]|$)/;
const webUri = /^https?:\/\//;

/**
 * What redirect URIs of this type must not look like, as what is told of the list; null where nothing speaks against them.
 * An address on https may be a native app's own: the system hands it to the app (RFC 8252 §7.2, which is later than
 * OpenID's rule).
 */
export function findApplicationTypeProblem(type: ApplicationType, redirectUris: readonly string[]): string | null {
  if (type === "web") {
    return redirectUris.every((uri) => webUri.test(uri))
      ? null
      : "of a web application must be web addresses: an app with a scheme of its own is of type native";
  }
  return redirectUris.every((uri) => !uri.startsWith("http://") || loopbackUri.test(uri))
    ? null
    : "of a native application may be on http only where they are on loopback";
}

/** What an application of this type is, by what it may do; null where it hasn't said. */
export function toApplicationKind(
  type: ApplicationType | null,
  { grantTypes, clientType }: { grantTypes: readonly string[]; clientType: ClientType },
): ApplicationKind | null {
  if (type === null) return null;
  const usesCode = grantTypes.includes("authorization_code");
  if (type === "native") return !usesCode && grantTypes.includes(deviceCodeGrant) ? "device" : "native";
  if (!usesCode && grantTypes.includes("client_credentials")) return "machine";
  return clientType === "public" ? "single_page" : "web";
}

export function toApplicationType(kind: ApplicationKind | null): ApplicationType | null {
  if (kind === null) return null;
  return kind === "native" || kind === "device" ? "native" : "web";
}
