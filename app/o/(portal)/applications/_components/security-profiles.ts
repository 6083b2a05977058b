import type { SecurityProfile } from "@/lib/oauth/ports/client-choices";

/** What each profile is, and what it decides; the rules are in lib/oauth/client/fapi.ts. */
export const securityProfileTexts: Record<SecurityProfile, { label: string; description: string; sets: string[] }> = {
  fapi2_security: {
    label: "FAPI 2.0",
    description: "For banking, health and other high-value applications: nothing weaker is accepted.",
    sets: [
      "It authenticates with its own key (private_key_jwt); there is no secret.",
      "Requests are pushed (PAR) and carry a PKCE challenge; their codes hold for 60 seconds at most.",
      "Every token is bound to a key of the application (DPoP).",
      "Signatures are PS256, ES256 or EdDSA: what would be RS256 becomes PS256.",
      "Redirect URIs use https, or 127.0.0.1 and [::1].",
    ],
  },
  fapi2_message_signing: {
    label: "FAPI 2.0 with message signing",
    description: "The same, with signed messages as proof.",
    sets: [
      "Authorization requests are signed by the application (JAR).",
      "Authorization and introspection responses are signed by this server (JARM, RFC 9701).",
    ],
  },
};
