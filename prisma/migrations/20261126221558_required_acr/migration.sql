-- AlterTable
ALTER TABLE "authorization_requests" ADD COLUMN     "required_acr_values" TEXT[] DEFAULT ARRAY[]::TEXT[];
