-- DropIndex: the new ones begin with the same column.
DROP INDEX "access_tokens_application_id_idx";
DROP INDEX "consents_application_id_idx";
DROP INDEX "token_families_application_id_idx";

-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "last_token_at" TIMESTAMPTZ(3),
ADD COLUMN     "search_text" TEXT;

-- CreateIndex
CREATE INDEX "access_tokens_application_id_created_at_idx" ON "access_tokens"("application_id", "created_at");
CREATE INDEX "consents_application_id_user_id_idx" ON "consents"("application_id", "user_id");
CREATE INDEX "token_families_application_id_user_id_idx" ON "token_families"("application_id", "user_id");
CREATE INDEX "client_secrets_expires_at_idx" ON "client_secrets"("expires_at");

-- CreateIndex: one for each order of the list and each filter.
CREATE INDEX "applications_created_at_id_idx" ON "applications"("created_at", "id");
CREATE INDEX "applications_by_name_idx" ON "applications"(lower("name"), "id");
CREATE INDEX "applications_kind_idx" ON "applications"("kind");
CREATE INDEX "applications_disabled_at_idx" ON "applications"("disabled_at");
CREATE INDEX "applications_grant_types_idx" ON "applications" USING GIN ("grant_types");

-- Expired access tokens were deleted without a trace; what is known of them is when their families and secrets were
-- last used.
UPDATE "applications" a SET "last_token_at" = GREATEST(
  (SELECT max(f."last_used_at") FROM "token_families" f WHERE f."application_id" = a."id"),
  (SELECT max(s."last_used_at") FROM "client_secrets" s WHERE s."application_id" = a."id")
);

-- What an application is found by. PostgreSQL can't generate it: it comes from three tables. A tsvector holds 1 MB, so
-- the addresses of an application that has hundreds of long ones are cut.
CREATE FUNCTION "application_search_text"("application" UUID, "name" TEXT, "client_id" TEXT, "owner" UUID) RETURNS TEXT
LANGUAGE sql STABLE
AS $$
  SELECT lower($2 || ' ' || $3)
    || COALESCE((SELECT ' ' || u."search_text" FROM "users" u WHERE u."id" = $4), '')
    || COALESCE((SELECT ' ' || left(string_agg(lower(r."uri"), ' ' ORDER BY r."position"), 200000)
                 FROM "redirect_uris" r WHERE r."application_id" = $1), '')
$$;

CREATE FUNCTION "keep_application_search_text"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
  -- A change of the owner that isn't committed yet wouldn't be seen here, nor this application there: one waits.
  IF NEW."owner_id" IS NOT NULL AND (TG_OP = 'INSERT' OR NEW."owner_id" IS DISTINCT FROM OLD."owner_id") THEN
    PERFORM FROM "users" WHERE "id" = NEW."owner_id" FOR SHARE;
  END IF;
  NEW."search_text" := "application_search_text"(NEW."id", NEW."name", NEW."client_id", NEW."owner_id");
  RETURN NEW;
END $$;

CREATE TRIGGER "applications_search_text"
BEFORE INSERT OR UPDATE OF "name", "client_id", "owner_id", "search_text" ON "applications"
FOR EACH ROW EXECUTE FUNCTION "keep_application_search_text"();

-- The value that is set here is replaced by the trigger above, which reads the rows as they are then.
CREATE FUNCTION "renew_search_text_of_owned"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "applications" SET "search_text" = NULL WHERE "owner_id" = NEW."id";
  RETURN NULL;
END $$;

CREATE TRIGGER "users_search_text_of_owned" AFTER UPDATE ON "users"
FOR EACH ROW WHEN (OLD."search_text" IS DISTINCT FROM NEW."search_text")
EXECUTE FUNCTION "renew_search_text_of_owned"();

CREATE FUNCTION "renew_search_text_of_redirecting"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "applications" SET "search_text" = NULL
  WHERE "id" IN (SELECT DISTINCT c."application_id" FROM "changed" c);
  RETURN NULL;
END $$;

CREATE TRIGGER "redirect_uris_search_text_inserted" AFTER INSERT ON "redirect_uris"
REFERENCING NEW TABLE AS "changed"
FOR EACH STATEMENT EXECUTE FUNCTION "renew_search_text_of_redirecting"();

CREATE TRIGGER "redirect_uris_search_text_updated" AFTER UPDATE ON "redirect_uris"
REFERENCING NEW TABLE AS "changed"
FOR EACH STATEMENT EXECUTE FUNCTION "renew_search_text_of_redirecting"();

CREATE TRIGGER "redirect_uris_search_text_deleted" AFTER DELETE ON "redirect_uris"
REFERENCING OLD TABLE AS "changed"
FOR EACH STATEMENT EXECUTE FUNCTION "renew_search_text_of_redirecting"();

UPDATE "applications" SET "search_text" = NULL;

-- CreateIndex: as for users, without pg_trgm searches find words by how they begin.
CREATE INDEX "applications_search_words_idx" ON "applications" USING GIN ("search_words"("search_text"));
DO $$
DECLARE
    place NAME;
BEGIN
    SELECT n.nspname INTO STRICT place
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
    EXECUTE format(
        'CREATE INDEX "applications_search_text_idx" ON "applications" USING GIN ("search_text" %I.gin_trgm_ops)', place
    );
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'pg_trgm: % Applications are found only by how words begin.', SQLERRM;
END $$;
