-- AlterTable
ALTER TABLE "user_imports" ADD COLUMN     "claim_id" UUID,
ADD COLUMN     "importing_until" TIMESTAMPTZ(3),
ADD COLUMN     "rows_done" INTEGER NOT NULL DEFAULT 0;
