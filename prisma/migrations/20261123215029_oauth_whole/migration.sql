-- CreateEnum
CREATE TYPE "registration_source" AS ENUM ('manual', 'dynamic');

-- CreateEnum
CREATE TYPE "token_format" AS ENUM ('opaque', 'jwt');

-- AlterTable
ALTER TABLE "access_tokens" ADD COLUMN     "audience" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "dpop_jkt" TEXT,
ADD COLUMN     "jti" UUID NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "allowed_origins" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "dpop_bound_access_tokens" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "jwks" JSONB,
ADD COLUMN     "jwks_uri" TEXT,
ADD COLUMN     "metadata" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "registration_source" "registration_source" NOT NULL DEFAULT 'manual',
ADD COLUMN     "registration_token_hash" TEXT,
ADD COLUMN     "require_pushed_authorization_requests" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "token_endpoint_auth_method" TEXT;

-- AlterTable
ALTER TABLE "authorization_codes" ADD COLUMN     "dpop_jkt" TEXT,
ADD COLUMN     "resources" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "authorization_requests" ADD COLUMN     "dpop_jkt" TEXT,
ADD COLUMN     "max_age" INTEGER,
ADD COLUMN     "resources" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "response_mode" TEXT NOT NULL DEFAULT 'query',
ADD COLUMN     "ui_locales" TEXT;

-- AlterTable
ALTER TABLE "client_secrets" ADD COLUMN     "last_used_from" TEXT;

-- AlterTable
ALTER TABLE "refresh_tokens" ADD COLUMN     "jti" UUID NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "token_families" ADD COLUMN     "dpop_jkt" TEXT,
ADD COLUMN     "resources" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "apis" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "token_format" "token_format" NOT NULL DEFAULT 'opaque',
    "access_token_lifetime" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "apis_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_resource_servers" (
    "api_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,

    CONSTRAINT "api_resource_servers_pkey" PRIMARY KEY ("api_id","application_id")
);

-- CreateTable
CREATE TABLE "pushed_authorization_requests" (
    "id_hash" TEXT NOT NULL,
    "application_id" UUID NOT NULL,
    "parameters" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pushed_authorization_requests_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "device_authorizations" (
    "device_code_hash" TEXT NOT NULL,
    "user_code_hash" TEXT NOT NULL,
    "application_id" UUID NOT NULL,
    "scopes" TEXT[],
    "resources" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "polling_interval" INTEGER NOT NULL,
    "last_polled_at" TIMESTAMPTZ(3),
    "verification_hash" TEXT,
    "browser_hash" TEXT,
    "decision" "decision",
    "user_id" UUID,
    "session_id" UUID,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "device_authorizations_pkey" PRIMARY KEY ("device_code_hash")
);

-- CreateTable
CREATE TABLE "sealed_successors" (
    "token_hash" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sealed_successors_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "used_jtis" (
    "key_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_jtis_pkey" PRIMARY KEY ("key_hash")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "kid" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "sealed_private" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "initial_access_tokens" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "maximum_uses" INTEGER NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "initial_access_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "apis_identifier_key" ON "apis"("identifier");

-- CreateIndex
CREATE INDEX "api_resource_servers_application_id_idx" ON "api_resource_servers"("application_id");

-- CreateIndex
CREATE INDEX "pushed_authorization_requests_application_id_idx" ON "pushed_authorization_requests"("application_id");

-- CreateIndex
CREATE INDEX "pushed_authorization_requests_expires_at_idx" ON "pushed_authorization_requests"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "device_authorizations_user_code_hash_key" ON "device_authorizations"("user_code_hash");

-- CreateIndex
CREATE UNIQUE INDEX "device_authorizations_verification_hash_key" ON "device_authorizations"("verification_hash");

-- CreateIndex
CREATE INDEX "device_authorizations_application_id_idx" ON "device_authorizations"("application_id");

-- CreateIndex
CREATE INDEX "device_authorizations_user_id_idx" ON "device_authorizations"("user_id");

-- CreateIndex
CREATE INDEX "device_authorizations_expires_at_idx" ON "device_authorizations"("expires_at");

-- CreateIndex
CREATE INDEX "sealed_successors_expires_at_idx" ON "sealed_successors"("expires_at");

-- CreateIndex
CREATE INDEX "used_jtis_expires_at_idx" ON "used_jtis"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "initial_access_tokens_token_hash_key" ON "initial_access_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "initial_access_tokens_created_by_id_idx" ON "initial_access_tokens"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "applications_registration_token_hash_key" ON "applications"("registration_token_hash");

-- CreateIndex
CREATE INDEX "applications_allowed_origins_idx" ON "applications" USING GIN ("allowed_origins");

-- CreateIndex
CREATE INDEX "token_families_session_id_idx" ON "token_families"("session_id");

-- AddForeignKey
ALTER TABLE "api_resource_servers" ADD CONSTRAINT "api_resource_servers_api_id_fkey" FOREIGN KEY ("api_id") REFERENCES "apis"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_resource_servers" ADD CONSTRAINT "api_resource_servers_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pushed_authorization_requests" ADD CONSTRAINT "pushed_authorization_requests_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_authorizations" ADD CONSTRAINT "device_authorizations_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_authorizations" ADD CONSTRAINT "device_authorizations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "initial_access_tokens" ADD CONSTRAINT "initial_access_tokens_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Lets whoever has it ask about every token (RFC 7662 §2.1), so only applications that name it get it.
INSERT INTO "scopes" ("name", "description", "is_default", "is_restricted") VALUES
  ('introspection', 'Ask this server about any token', false, true);
