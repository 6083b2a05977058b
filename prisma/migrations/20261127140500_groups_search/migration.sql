-- AlterTable
ALTER TABLE "groups" ADD COLUMN     "search_text" TEXT GENERATED ALWAYS AS (lower("name" || ' ' || "description")) STORED;

-- CreateIndex
CREATE INDEX "groups_search_words_idx" ON "groups" USING GIN ("search_words"("search_text"));
CREATE INDEX "groups_created_at_id_idx" ON "groups"("created_at", "id");
CREATE INDEX "group_members_group_id_created_at_user_id_idx" ON "group_members"("group_id", "created_at", "user_id");

-- As for users: without pg_trgm, searches find words by how they begin.
DO $$
DECLARE
    place NAME;
BEGIN
    SELECT n.nspname INTO STRICT place
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
    EXECUTE format('CREATE INDEX "groups_search_text_idx" ON "groups" USING GIN ("search_text" %I.gin_trgm_ops)', place);
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'pg_trgm: % Groups are found only by how words begin.', SQLERRM;
END $$;
