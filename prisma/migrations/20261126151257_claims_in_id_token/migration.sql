-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "claims_in_id_token" BOOLEAN NOT NULL DEFAULT false;
