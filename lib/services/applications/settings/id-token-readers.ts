import { formatList } from "@/lib/messages/format-list";
import type { ApplicationKind } from "@/lib/oauth/ports/client-choices";

/** A program that signs users in by the ID token alone. */
export interface IdTokenReader {
  label: string;
  kind: ApplicationKind;
  /** Its redirect URI, if that is the same on every machine. */
  redirectUri?: string;
  /** The path of that address in its documentation, if it runs on a host of its own. */
  callbackPath?: string;
}

/**
 * Clients that need "Claims in the ID token", by their names in a link to the form. They don't call userinfo, or
 * needn't.
 */
export const idTokenReaders = {
  synapse: {
    label: "Matrix Synapse",
    kind: "web",
    callbackPath: "/_synapse/client/oidc/callback",
  },
  "passport-openidconnect": { label: "passport-openidconnect", kind: "web" },
  "express-openid-connect": { label: "express-openid-connect", kind: "web", callbackPath: "/callback" },
  kubernetes: { label: "Kubernetes", kind: "native", redirectUri: "http://localhost:8000" },
  grafana: { label: "Grafana", kind: "web", callbackPath: "/login/generic_oauth" },
  minio: { label: "MinIO", kind: "web", callbackPath: "/oauth_callback" },
} as const satisfies Record<string, IdTokenReader>;

/** Finds one by its name in a link. */
export function findIdTokenReader(name: unknown): IdTokenReader | null {
  return typeof name === "string" && Object.hasOwn(idTokenReaders, name)
    ? idTokenReaders[name as keyof typeof idTokenReaders]
    : null;
}

/** Their names as part of a sentence. */
export function formatIdTokenReaders(locale: string): string {
  return formatList(
    Object.values(idTokenReaders).map(({ label }) => label),
    locale,
  );
}
