-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "redirects_before_sign_in" BOOLEAN NOT NULL DEFAULT false;

-- What an administrator registered, or a command, or let skip consent, was vouched for. An owner who has been deleted
-- leaves none behind: the audit log says whether it was a command that registered the application.
UPDATE "applications" a SET "redirects_before_sign_in" = true
WHERE a."registration_source" = 'manual'
  AND (a."skip_consent"
    OR EXISTS (SELECT 1 FROM "users" u WHERE u."id" = a."owner_id" AND u."is_administrator")
    OR (a."owner_id" IS NULL AND EXISTS (
      SELECT 1 FROM "audit_events" e
      WHERE e."application_id" = a."id" AND e."type" = 'application.registered' AND e."actor_id" IS NULL)));
