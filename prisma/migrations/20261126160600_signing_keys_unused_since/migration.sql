-- AlterTable
ALTER TABLE "signing_keys" ADD COLUMN     "unused_since" TIMESTAMPTZ(3);
