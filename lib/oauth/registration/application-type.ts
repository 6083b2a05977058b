import { isLoopbackUri } from "../client/redirect-uri";
import type { ApplicationKind, ClientType } from "../ports/client-choices";
import { deviceCodeGrant } from "../ports/types";

/** OpenID Connect Dynamic Client Registration §2 `application_type`. */
export const applicationTypes = ["web", "native"] as const;
export type ApplicationType = (typeof applicationTypes)[number];

const webUri = /^https?:\/\//;

/**
 * What is wrong with redirect URIs for an application of this type, as words that follow the name of the field; null if
 * nothing is. A native app may have https addresses: the system opens them in the app (RFC 8252 §7.2, which is later
 * than OpenID's rule).
 */
export function findApplicationTypeProblem(type: ApplicationType, redirectUris: readonly string[]): string | null {
  if (type === "web") {
    return redirectUris.every((uri) => webUri.test(uri))
      ? null
      : "of a web application must be web addresses: an app with a scheme of its own is of type native";
  }
  return redirectUris.every((uri) => !uri.startsWith("http://") || isLoopbackUri(uri))
    ? null
    : "of a native application may be on http only where they are on loopback";
}

/**
 * The type of an application that sends none. OpenID's default is web, but a public client whose responses all stay on
 * the device can only be a native one (RFC 8252 §7), and needs the rules for those. Null: nothing is assumed.
 */
export function inferApplicationType(clientType: ClientType, redirectUris: readonly string[]): ApplicationType | null {
  if (clientType !== "public" || redirectUris.length === 0) return null;
  return redirectUris.every((uri) => isLoopbackUri(uri) || !webUri.test(uri)) ? "native" : null;
}

/** The kind of an application of this type, by what it may do; null if it sent no type. */
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
