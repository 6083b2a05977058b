-- AlterTable
ALTER TABLE "client_secrets" ADD COLUMN     "last_refused_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_refused_from" TEXT;
