-- AlterTable
ALTER TABLE "user_passwords" ADD COLUMN     "change_required" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable: one statement, so that the table is rewritten once for the generated column.
ALTER TABLE "users" ADD COLUMN     "disabled_by_id" UUID,
ADD COLUMN     "disabled_reason" TEXT,
ADD COLUMN     "last_sign_in_at" TIMESTAMPTZ(3),
ADD COLUMN     "notes" TEXT,
ADD COLUMN     "search_text" TEXT GENERATED ALWAYS AS (
    "username_key" || ' ' || "email_key" || ' ' || lower(
        COALESCE("name", '') || ' ' || COALESCE("given_name", '') || ' ' || COALESCE("family_name", '') || ' ' ||
        COALESCE("nickname", '')
    )
) STORED;

-- Sessions are kept for a while after they have ended: as far back as they go, the last sign-in is known.
UPDATE "users" SET "last_sign_in_at" = s.at
FROM (SELECT "user_id", max("authenticated_at") AS at FROM "sessions" GROUP BY "user_id") AS s
WHERE "users"."id" = s."user_id";

-- The words of a text, for searching by how they begin: works without an extension and in every script.
CREATE FUNCTION "search_words"("searched" TEXT) RETURNS TSVECTOR
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT to_tsvector('pg_catalog.simple'::regconfig, translate("searched", '@.-_+''/', '       ')) $$;

-- CreateIndex
CREATE INDEX "users_disabled_by_id_idx" ON "users"("disabled_by_id");
CREATE INDEX "users_search_words_idx" ON "users" USING GIN ("search_words"("search_text"));

-- CreateIndex: one for each order of the list.
CREATE INDEX "users_created_at_id_idx" ON "users"("created_at", "id");
CREATE INDEX "users_by_name_idx" ON "users"(lower(COALESCE("name", "username")), "id");
CREATE INDEX "users_by_last_sign_in_idx" ON "users"(COALESCE("last_sign_in_at", '1970-01-01T00:00:00Z'::timestamptz), "id");

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_disabled_by_id_fkey" FOREIGN KEY ("disabled_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The middle of words is found by trigrams. A user that may not create the extension does without: the list then finds
-- words by how they begin (docs/adr/0060).
DO $$
DECLARE
    place NAME;
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    SELECT n.nspname INTO STRICT place
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
    EXECUTE format('CREATE INDEX "users_search_text_idx" ON "users" USING GIN ("search_text" %I.gin_trgm_ops)', place);
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'pg_trgm: % Users are found only by how words begin.', SQLERRM;
END $$;
