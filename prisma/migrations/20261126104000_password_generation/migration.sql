-- AlterTable
ALTER TABLE "user_passwords" ADD COLUMN     "generation" UUID NOT NULL DEFAULT gen_random_uuid();
