-- CreateEnum
CREATE TYPE "actor_role" AS ENUM ('owner', 'administrator');

-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "client_id_key" TEXT,
ADD COLUMN     "disabled_by" "actor_role",
ADD COLUMN     "security_profile_set_by" "actor_role";

-- CreateTable
CREATE TABLE "reserved_client_ids" (
    "client_id_key" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "reserved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "reserved_client_ids_pkey" PRIMARY KEY ("client_id_key")
);

-- CreateIndex
CREATE INDEX "reserved_client_ids_expires_at_idx" ON "reserved_client_ids"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "applications_client_id_key_key" ON "applications"("client_id_key");

-- Existing ids stay as they are. Of those that differ by case alone the oldest stands for all of them.
UPDATE "applications" a SET "client_id_key" = lower(a."client_id")
FROM (SELECT DISTINCT ON (lower("client_id")) "id" FROM "applications" ORDER BY lower("client_id"), "created_at", "id") oldest
WHERE oldest."id" = a."id";

-- Who disabled what is disabled, by the audit log: the owner, unless they are an administrator. If nothing is known it was
-- an administrator, which is the safe answer.
UPDATE "applications" a SET "disabled_by" = CASE
  WHEN (SELECT e."actor_id" FROM "audit_events" e
        WHERE e."application_id" = a."id" AND e."type" = 'application.disabled'
        ORDER BY e."at" DESC, e."id" DESC LIMIT 1)
     = (SELECT u."id" FROM "users" u WHERE u."id" = a."owner_id" AND NOT u."is_administrator")
  THEN 'owner'::"actor_role" ELSE 'administrator'::"actor_role" END
WHERE a."disabled_at" IS NOT NULL;

-- The same of security profiles, by the last event that changed one.
UPDATE "applications" a SET "security_profile_set_by" = CASE
  WHEN (SELECT e."actor_id" FROM "audit_events" e
        WHERE e."application_id" = a."id" AND (
          (e."type" = 'application.registered' AND e."details"->>'securityProfile' IS NOT NULL) OR
          (e."type" = 'application.updated' AND
           e."details"->'before'->>'securityProfile' IS DISTINCT FROM e."details"->'after'->>'securityProfile'))
        ORDER BY e."at" DESC, e."id" DESC LIMIT 1)
     = (SELECT u."id" FROM "users" u WHERE u."id" = a."owner_id" AND NOT u."is_administrator")
  THEN 'owner'::"actor_role" ELSE 'administrator'::"actor_role" END
WHERE a."security_profile" IS NOT NULL;

-- Ids of applications that were deleted before, and those of clients that deleted themselves for as long as they are kept today.
INSERT INTO "reserved_client_ids" ("client_id_key", "client_id", "reserved_at", "expires_at")
SELECT DISTINCT ON (lower(e."details"->>'clientId')) lower(e."details"->>'clientId'), e."details"->>'clientId', e."at",
  CASE WHEN e."details"->>'source' = 'dynamic' THEN e."at" + interval '30 days' END
FROM "audit_events" e
WHERE e."type" = 'application.deleted' AND e."details"->>'clientId' IS NOT NULL
  AND (e."details"->>'source' IS DISTINCT FROM 'dynamic' OR e."at" > now() - interval '30 days')
ORDER BY lower(e."details"->>'clientId'), e."details"->>'source' NULLS FIRST, e."at" DESC
ON CONFLICT DO NOTHING;
