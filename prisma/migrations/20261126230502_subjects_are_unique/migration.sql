ALTER TABLE "users" VALIDATE CONSTRAINT "users_subject_check";

-- CreateIndex
CREATE UNIQUE INDEX "users_subject_key" ON "users"("subject");

ALTER TABLE "users" ALTER COLUMN "subject" SET NOT NULL;
