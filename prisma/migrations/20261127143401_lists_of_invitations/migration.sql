-- DropIndex
DROP INDEX "invitations_expires_at_idx";

-- CreateIndex
CREATE INDEX "invitations_created_at_id_idx" ON "invitations"("created_at", "id");

-- CreateIndex
CREATE INDEX "invitations_email_key_id_idx" ON "invitations"("email_key", "id");

-- CreateIndex
CREATE INDEX "invitations_expires_at_id_idx" ON "invitations"("expires_at", "id");

-- As in users: found by how words begin and, if the extension is there, in the middle of words.
CREATE INDEX "invitations_email_words_idx" ON "invitations" USING GIN ("search_words"("email_key"));
DO $$
DECLARE
    place NAME;
BEGIN
    SELECT n.nspname INTO STRICT place
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
    EXECUTE format(
        'CREATE INDEX "invitations_email_key_trigrams_idx" ON "invitations" USING GIN ("email_key" %I.gin_trgm_ops)', place
    );
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'pg_trgm: % Invitations are found only by how words begin.', SQLERRM;
END $$;
