-- CreateEnum
CREATE TYPE "application_kind" AS ENUM ('web', 'single_page', 'native', 'machine', 'device');

-- CreateEnum
CREATE TYPE "subject_type" AS ENUM ('public', 'pairwise');

-- CreateEnum
CREATE TYPE "security_profile" AS ENUM ('fapi2_security', 'fapi2_message_signing');

-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "authorization_signed_response_alg" TEXT NOT NULL DEFAULT 'RS256',
ADD COLUMN     "backchannel_logout_session_required" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "backchannel_logout_uri" TEXT,
ADD COLUMN     "default_acr_values" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "default_max_age" INTEGER,
ADD COLUMN     "frontchannel_logout_session_required" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "frontchannel_logout_uri" TEXT,
ADD COLUMN     "id_token_signed_response_alg" TEXT NOT NULL DEFAULT 'RS256',
ADD COLUMN     "initiate_login_uri" TEXT,
ADD COLUMN     "introspection_signed_response_alg" TEXT NOT NULL DEFAULT 'RS256',
ADD COLUMN     "kind" "application_kind",
ADD COLUMN     "post_logout_redirect_uris" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "request_object_signing_alg" TEXT,
ADD COLUMN     "request_uris" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "require_auth_time" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "require_signed_request_object" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sector_identifier_uri" TEXT,
ADD COLUMN     "security_profile" "security_profile",
ADD COLUMN     "subject_type" "subject_type" NOT NULL DEFAULT 'public',
ADD COLUMN     "token_endpoint_auth_signing_alg" TEXT,
ADD COLUMN     "userinfo_signed_response_alg" TEXT;

-- AlterTable
ALTER TABLE "authorization_codes" ADD COLUMN     "amr" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "authenticated_at" TIMESTAMPTZ(3),
ADD COLUMN     "claims" JSONB,
ADD COLUMN     "nonce" TEXT;

-- AlterTable
ALTER TABLE "authorization_requests" ADD COLUMN     "acr_values" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "claims" JSONB,
ADD COLUMN     "claims_locales" TEXT,
ADD COLUMN     "display" TEXT,
ADD COLUMN     "nonce" TEXT,
ADD COLUMN     "required_user_id" UUID;

-- AlterTable
ALTER TABLE "device_authorizations" ADD COLUMN     "amr" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "authenticated_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "amr" TEXT[] DEFAULT ARRAY['pwd']::TEXT[];

-- AlterTable
ALTER TABLE "signing_keys" ADD COLUMN     "signs_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "token_families" ADD COLUMN     "amr" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "authenticated_at" TIMESTAMPTZ(3),
ADD COLUMN     "claims" JSONB,
ADD COLUMN     "ends_with_session" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "nonce" TEXT;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "birthdate" TEXT,
ADD COLUMN     "country" TEXT,
ADD COLUMN     "email_verified" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "family_name" TEXT,
ADD COLUMN     "gender" TEXT,
ADD COLUMN     "given_name" TEXT,
ADD COLUMN     "locale" TEXT,
ADD COLUMN     "locality" TEXT,
ADD COLUMN     "middle_name" TEXT,
ADD COLUMN     "name" TEXT,
ADD COLUMN     "nickname" TEXT,
ADD COLUMN     "phone_number" TEXT,
ADD COLUMN     "phone_number_verified" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "picture_url" TEXT,
ADD COLUMN     "postal_code" TEXT,
ADD COLUMN     "profile_url" TEXT,
ADD COLUMN     "region" TEXT,
ADD COLUMN     "street_address" TEXT,
ADD COLUMN     "website_url" TEXT,
ADD COLUMN     "zoneinfo" TEXT;

-- CreateTable
CREATE TABLE "session_participants" (
    "session_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_participants_pkey" PRIMARY KEY ("session_id","application_id")
);

-- CreateTable
CREATE TABLE "pairwise_subjects" (
    "user_id" UUID NOT NULL,
    "sector" TEXT NOT NULL,
    "subject" UUID NOT NULL DEFAULT gen_random_uuid(),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pairwise_subjects_pkey" PRIMARY KEY ("user_id","sector")
);

-- CreateTable
CREATE TABLE "logout_deliveries" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "uri" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sid" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_problem" TEXT,

    CONSTRAINT "logout_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "authorization_codes_session_id_idx" ON "authorization_codes"("session_id");

-- CreateIndex
CREATE INDEX "device_authorizations_session_id_idx" ON "device_authorizations"("session_id");

-- CreateIndex
CREATE INDEX "users_disabled_at_idx" ON "users"("disabled_at");

-- CreateIndex
CREATE INDEX "sessions_ended_at_expires_at_idx" ON "sessions"("ended_at", "expires_at");

-- CreateIndex
CREATE INDEX "sessions_ended_at_last_seen_at_idx" ON "sessions"("ended_at", "last_seen_at");

-- CreateIndex
CREATE INDEX "session_participants_application_id_idx" ON "session_participants"("application_id");

-- CreateIndex
CREATE UNIQUE INDEX "pairwise_subjects_subject_key" ON "pairwise_subjects"("subject");

-- CreateIndex
CREATE INDEX "logout_deliveries_next_attempt_at_idx" ON "logout_deliveries"("next_attempt_at");

-- CreateIndex
CREATE INDEX "logout_deliveries_application_id_idx" ON "logout_deliveries"("application_id");

-- CreateIndex
CREATE INDEX "logout_deliveries_expires_at_idx" ON "logout_deliveries"("expires_at");

-- CreateIndex
CREATE INDEX "signing_keys_algorithm_signs_from_idx" ON "signing_keys"("algorithm", "signs_from");

-- AddForeignKey
ALTER TABLE "session_participants" ADD CONSTRAINT "session_participants_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_participants" ADD CONSTRAINT "session_participants_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairwise_subjects" ADD CONSTRAINT "pairwise_subjects_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "logout_deliveries" ADD CONSTRAINT "logout_deliveries_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The scopes of OpenID Connect (Core §5.4, §11) are there from the start. Whoever has made one of that name keeps it.
INSERT INTO "scopes" ("name", "description", "is_default", "is_restricted") VALUES
  ('openid', 'Know who you are', false, false),
  ('profile', 'See your name, picture and other details of your profile', false, false),
  ('email', 'See your e-mail address', false, false),
  ('address', 'See your postal address', false, false),
  ('phone', 'See your phone number', false, false),
  ('offline_access', 'Keep its access while you are signed out', false, false)
ON CONFLICT ("name") DO NOTHING;
