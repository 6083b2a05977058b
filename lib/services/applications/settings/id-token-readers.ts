import type { ApplicationKind } from "@/lib/oauth/ports/client-choices";

/** A program that signs people in by what stands in the ID token alone. */
export interface IdTokenReader {
  label: string;
  kind: ApplicationKind;
  /** Where it wants codes sent, if that is the same on every machine. */
  redirectUri?: string;
  /** The path of that address, as its documentation has it, if it runs on a host of its own. */
  callbackPath?: string;
}

/**
 * Clients that need "Claims in the ID token", by the name in a link to the form. They never ask userinfo, or needn't.
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

/** One by its name, as a link may say it. */
export function findIdTokenReader(name: unknown): IdTokenReader | null {
  return typeof name === "string" && Object.hasOwn(idTokenReaders, name)
    ? idTokenReaders[name as keyof typeof idTokenReaders]
    : null;
}

/** Their names in a sentence. */
export function formatIdTokenReaders(): string {
  return new Intl.ListFormat("en-GB").format(Object.values(idTokenReaders).map(({ label }) => label));
}
