-- AlterTable
ALTER TABLE "client_secrets" ADD COLUMN     "scheme" TEXT NOT NULL DEFAULT 'sha256';

-- AlterTable
ALTER TABLE "user_passwords" ADD COLUMN     "scheme" TEXT NOT NULL DEFAULT 'bcrypt-sha384';
