-- CreateIndex
CREATE INDEX "applications_last_token_at_idx" ON "applications"("last_token_at");
