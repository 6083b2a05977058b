-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "browser_hash" TEXT;
