import type { ApplicationKind } from "@/lib/oauth/ports/client";

/** A program that signs people in by what stands in the ID token alone. */
export interface IdTokenReader {
  label: string;
  kind: ApplicationKind;
  /** Where it wants codes sent, as its documentation has it; null where its own code decides. */
  redirectUri: string | null;
}

/** Clients that need "Claims in the ID token", by the name in a link to the form. They never ask userinfo, or needn't. */
export const idTokenReaders = {
  synapse: {
    label: "Matrix Synapse",
    kind: "web",
    redirectUri: "https://matrix.example.com/_synapse/client/oidc/callback",
  },
  "passport-openidconnect": { label: "passport-openidconnect", kind: "web", redirectUri: null },
  "express-openid-connect": {
    label: "express-openid-connect",
    kind: "web",
    redirectUri: "https://app.example.com/callback",
  },
  kubernetes: { label: "Kubernetes", kind: "native", redirectUri: "http://localhost:8000" },
  grafana: { label: "Grafana", kind: "web", redirectUri: "https://grafana.example.com/login/generic_oauth" },
  minio: { label: "MinIO", kind: "web", redirectUri: "https://minio.example.com/oauth_callback" },
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
