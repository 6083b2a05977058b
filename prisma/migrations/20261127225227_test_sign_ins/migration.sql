-- CreateTable
CREATE TABLE "test_sign_ins" (
    "uri_hash" TEXT NOT NULL,
    "application_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "sealed_request" TEXT NOT NULL,
    "sealed_report" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "test_sign_ins_pkey" PRIMARY KEY ("uri_hash")
);

-- CreateIndex
CREATE INDEX "test_sign_ins_application_id_idx" ON "test_sign_ins"("application_id");

-- CreateIndex
CREATE INDEX "test_sign_ins_user_id_idx" ON "test_sign_ins"("user_id");

-- CreateIndex
CREATE INDEX "test_sign_ins_expires_at_idx" ON "test_sign_ins"("expires_at");

-- AddForeignKey
ALTER TABLE "test_sign_ins" ADD CONSTRAINT "test_sign_ins_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_sign_ins" ADD CONSTRAINT "test_sign_ins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
