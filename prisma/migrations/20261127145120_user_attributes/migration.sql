-- CreateEnum
CREATE TYPE "attribute_type" AS ENUM ('text', 'number', 'boolean', 'list');

-- CreateEnum
CREATE TYPE "attribute_access" AS ENUM ('none', 'read', 'write');

-- CreateTable
CREATE TABLE "user_attributes" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "type" "attribute_type" NOT NULL,
    "user_access" "attribute_access" NOT NULL DEFAULT 'none',
    "claim_name" TEXT,
    "scope_name" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_attributes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_attribute_values" (
    "user_id" UUID NOT NULL,
    "attribute_id" UUID NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "user_attribute_values_pkey" PRIMARY KEY ("user_id","attribute_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_attributes_name_key_key" ON "user_attributes"("name_key");

-- CreateIndex
CREATE UNIQUE INDEX "user_attributes_claim_name_key" ON "user_attributes"("claim_name");

-- CreateIndex
CREATE INDEX "user_attributes_scope_name_idx" ON "user_attributes"("scope_name");

-- CreateIndex
CREATE INDEX "user_attribute_values_attribute_id_idx" ON "user_attribute_values"("attribute_id");

-- AddForeignKey
ALTER TABLE "user_attributes" ADD CONSTRAINT "user_attributes_scope_name_fkey" FOREIGN KEY ("scope_name") REFERENCES "scopes"("name") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_attribute_values" ADD CONSTRAINT "user_attribute_values_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_attribute_values" ADD CONSTRAINT "user_attribute_values_attribute_id_fkey" FOREIGN KEY ("attribute_id") REFERENCES "user_attributes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
