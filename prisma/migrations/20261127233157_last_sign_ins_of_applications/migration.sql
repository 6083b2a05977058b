-- CreateIndex
CREATE INDEX "token_families_application_id_created_at_idx" ON "token_families"("application_id", "created_at");
