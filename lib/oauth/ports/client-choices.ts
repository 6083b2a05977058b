export const clientTypes = ["confidential", "public"] as const;
export type ClientType = (typeof clientTypes)[number];

/** RFC 7591 §2 `token_endpoint_auth_method`. No client_secret_jwt: secrets are kept as digests only (docs/adr/0014). */
export const clientAuthMethods = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"] as const;
export type ClientAuthMethod = (typeof clientAuthMethods)[number];

/** The kind of an application, which decides what its form offers first; the protocol goes by what it may do. */
export const applicationKinds = ["web", "single_page", "native", "machine", "device"] as const;
export type ApplicationKind = (typeof applicationKinds)[number];

/** OpenID Connect Core §8. */
export const subjectTypes = ["public", "pairwise"] as const;
export type SubjectType = (typeof subjectTypes)[number];

/** FAPI 2.0 Security Profile, or Message Signing on top of it. */
export const securityProfiles = ["fapi2_security", "fapi2_message_signing"] as const;
export type SecurityProfile = (typeof securityProfiles)[number];
