-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "default_api_id" UUID;

-- CreateIndex
CREATE INDEX "applications_default_api_id_idx" ON "applications"("default_api_id");

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_default_api_id_fkey" FOREIGN KEY ("default_api_id") REFERENCES "apis"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the scope shows since docs/adr/0039, unless an administrator has described it in other words.
UPDATE "scopes" SET "description" = 'Ask this server about access tokens'
WHERE "name" = 'introspection' AND "description" = 'Ask this server about any token';
