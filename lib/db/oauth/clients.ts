import "server-only";
import { type Client, toRegisteredClient } from "@/lib/oauth/ports/client";
import type { ClientStore } from "@/lib/oauth/ports/store";
import type { PrismaClient } from "../client";

interface ClientRow extends Omit<Client, "secrets" | "disabled"> {
  disabledAt: Date | null;
  secrets: { id: string; hash: string; expiresAt: string | null; lastUsedAt: string | null }[];
}

export function createClientStore(prisma: PrismaClient): ClientStore {
  return {
    async find(clientId) {
      // One round trip for the client with its URIs and secrets: every token request begins with it.
      const [row] = await prisma.$queryRaw<ClientRow[]>`
        SELECT a.id, a.client_id AS "clientId", a.name, a.client_type::text AS "clientType", a.kind::text,
               a.grant_types AS "grantTypes", a.allowed_scopes AS "allowedScopes", a.require_pkce AS "requirePkce",
               a.skip_consent AS "skipConsent", a.redirects_before_sign_in AS "redirectsBeforeSignIn",
               a.disabled_at AS "disabledAt", a.expires_at AS "expiresAt",
               a.token_endpoint_auth_method AS "tokenEndpointAuthMethod", a.jwks, a.jwks_uri AS "jwksUri",
               a.require_pushed_authorization_requests AS "requirePushedAuthorizationRequests",
               a.dpop_bound_access_tokens AS "dpopBoundAccessTokens", a.allowed_origins AS "allowedOrigins",
               (SELECT d.identifier FROM apis d WHERE d.id = a.default_api_id) AS "defaultApi",
               a.registration_source = 'dynamic' AS "registeredDynamically",
               a.security_profile::text AS "securityProfile", a.subject_type::text AS "subjectType",
               a.sector_identifier_uri AS "sectorIdentifierUri",
               a.id_token_signed_response_alg AS "idTokenSignedResponseAlg",
               a.userinfo_signed_response_alg AS "userinfoSignedResponseAlg",
               a.authorization_signed_response_alg AS "authorizationSignedResponseAlg",
               a.introspection_signed_response_alg AS "introspectionSignedResponseAlg",
               a.request_object_signing_alg AS "requestObjectSigningAlg",
               a.token_endpoint_auth_signing_alg AS "tokenEndpointAuthSigningAlg",
               a.require_signed_request_object AS "requireSignedRequestObject", a.request_uris AS "requestUris",
               a.default_max_age AS "defaultMaxAge", a.require_auth_time AS "requireAuthTime",
               a.claims_in_id_token AS "claimsInIdToken",
               a.default_acr_values AS "defaultAcrValues", a.post_logout_redirect_uris AS "postLogoutRedirectUris",
               a.backchannel_logout_uri AS "backchannelLogoutUri",
               a.backchannel_logout_session_required AS "backchannelLogoutSessionRequired",
               a.frontchannel_logout_uri AS "frontchannelLogoutUri",
               a.frontchannel_logout_session_required AS "frontchannelLogoutSessionRequired",
               ARRAY(SELECT r.uri FROM redirect_uris r WHERE r.application_id = a.id ORDER BY r.position) AS "redirectUris",
               COALESCE((SELECT json_agg(json_build_object('id', s.id, 'hash', s.hash, 'expiresAt', s.expires_at,
                                                           'lastUsedAt', s.last_used_at) ORDER BY s.created_at)
                         FROM client_secrets s
                         WHERE s.application_id = a.id AND s.revoked_at IS NULL
                           AND (s.expires_at IS NULL OR s.expires_at > now())), '[]'::json) AS secrets
        FROM applications a WHERE a.client_id = ${clientId}`;
      if (!row) return null;
      const { disabledAt, secrets, ...client } = row;
      return toRegisteredClient({
        ...client,
        disabled: disabledAt !== null,
        secrets: secrets.map((secret) => ({
          ...secret,
          expiresAt: secret.expiresAt === null ? null : new Date(secret.expiresAt),
          lastUsedAt: secret.lastUsedAt === null ? null : new Date(secret.lastUsedAt),
        })),
      });
    },

    async keep(applicationId) {
      const { count } = await prisma.application.updateMany({
        where: { id: applicationId },
        data: { expiresAt: null },
      });
      return count === 1;
    },

    async recordSecretUse(secretId, at, from) {
      await prisma.clientSecret.updateMany({
        where: { id: secretId },
        data: { lastUsedAt: at, lastUsedFrom: from },
      });
    },

    async isAllowedOrigin(origin) {
      const found = await prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM applications WHERE allowed_origins @> ARRAY[${origin}] AND disabled_at IS NULL LIMIT 1`;
      return found.length > 0;
    },
  };
}
