-- CreateTable
CREATE TABLE "user_imports" (
    "user_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "rows" JSONB NOT NULL,
    "row_count" INTEGER NOT NULL,
    "report" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_imports_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "user_imports_expires_at_idx" ON "user_imports"("expires_at");

-- AddForeignKey
ALTER TABLE "user_imports" ADD CONSTRAINT "user_imports_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
