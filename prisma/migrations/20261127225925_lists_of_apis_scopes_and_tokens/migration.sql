-- CreateIndex
CREATE INDEX "applications_allowed_scopes_idx" ON "applications" USING GIN ("allowed_scopes");

-- CreateIndex
CREATE INDEX "apis_created_at_id_idx" ON "apis"("created_at", "id");

-- CreateIndex
CREATE INDEX "apis_scopes_idx" ON "apis" USING GIN ("scopes");

-- CreateIndex
CREATE INDEX "initial_access_tokens_created_at_id_idx" ON "initial_access_tokens"("created_at", "id");

-- CreateIndex
CREATE INDEX "initial_access_tokens_expires_at_id_idx" ON "initial_access_tokens"("expires_at", "id");

-- CreateIndex: the other orders of the lists. Scopes are in the order of their key.
CREATE INDEX "apis_by_name_idx" ON "apis"(lower("name"), "id");
CREATE INDEX "initial_access_tokens_by_label_idx" ON "initial_access_tokens"(lower("label"), "id");
CREATE INDEX "initial_access_tokens_by_last_use_idx"
ON "initial_access_tokens"(COALESCE("last_used_at", '1970-01-01T00:00:00Z'::timestamptz), "id");

-- As in users: found by how words begin and, if the extension is there, in the middle of words.
CREATE INDEX "apis_words_idx" ON "apis" USING GIN ("search_words"(lower("name" || ' ' || "identifier")));
CREATE INDEX "scopes_words_idx" ON "scopes" USING GIN ("search_words"(lower("name" || ' ' || "description")));
CREATE INDEX "initial_access_tokens_words_idx" ON "initial_access_tokens" USING GIN ("search_words"(lower("label")));
DO $$
DECLARE
    place NAME;
BEGIN
    SELECT n.nspname INTO STRICT place
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
    EXECUTE format(
        'CREATE INDEX "apis_trigrams_idx" ON "apis" USING GIN (lower("name" || '' '' || "identifier") %I.gin_trgm_ops)', place
    );
    EXECUTE format(
        'CREATE INDEX "scopes_trigrams_idx" ON "scopes" USING GIN (lower("name" || '' '' || "description") %I.gin_trgm_ops)', place
    );
    EXECUTE format(
        'CREATE INDEX "initial_access_tokens_trigrams_idx" ON "initial_access_tokens" USING GIN (lower("label") %I.gin_trgm_ops)', place
    );
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'pg_trgm: % APIs, scopes and initial access tokens are found only by how words begin.', SQLERRM;
END $$;
