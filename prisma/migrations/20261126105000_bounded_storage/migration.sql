-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "expires_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "expires_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "applications_expires_at_idx" ON "applications"("expires_at");

-- CreateIndex
CREATE INDEX "audit_events_expires_at_idx" ON "audit_events"("expires_at");

-- What strangers have caused so far ends as well, counted from when it happened.
UPDATE "audit_events" SET "expires_at" = "at" + interval '90 days'
WHERE "type" IN ('authorization.refused', 'sign_in.failed')
   OR ("type" IN ('application.registered', 'application.updated', 'application.deleted')
       AND "actor_id" IS NULL AND "details"->>'source' = 'dynamic');

-- Applications that registered themselves, as far as it can be told that nobody has used or changed them, have a month
-- to be used. The last use of a key (private_key_jwt) is written down nowhere, so these stay.
UPDATE "applications" a SET "expires_at" = now() + interval '30 days'
WHERE a."registration_source" = 'dynamic'
  AND a."token_endpoint_auth_method" IS DISTINCT FROM 'private_key_jwt'
  AND a."owner_id" IS NULL AND a."disabled_at" IS NULL AND NOT a."skip_consent"
  AND NOT EXISTS (SELECT 1 FROM "client_secrets" s WHERE s."application_id" = a."id" AND s."last_used_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "consents" c WHERE c."application_id" = a."id")
  AND NOT EXISTS (SELECT 1 FROM "token_families" f WHERE f."application_id" = a."id")
  AND NOT EXISTS (SELECT 1 FROM "access_tokens" t WHERE t."application_id" = a."id")
  AND NOT EXISTS (SELECT 1 FROM "authorization_codes" c WHERE c."application_id" = a."id")
  AND NOT EXISTS (SELECT 1 FROM "device_authorizations" d WHERE d."application_id" = a."id" AND d."decision" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "session_participants" p WHERE p."application_id" = a."id")
  AND NOT EXISTS (SELECT 1 FROM "api_resource_servers" r WHERE r."application_id" = a."id")
  AND NOT EXISTS (SELECT 1 FROM "audit_events" e WHERE e."application_id" = a."id" AND e."actor_id" IS NOT NULL);
