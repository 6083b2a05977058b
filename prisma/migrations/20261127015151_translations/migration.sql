-- CreateTable
CREATE TABLE "scope_translations" (
    "scope_name" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "scope_translations_pkey" PRIMARY KEY ("scope_name","locale")
);

-- CreateTable
CREATE TABLE "api_translations" (
    "api_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "api_translations_pkey" PRIMARY KEY ("api_id","locale")
);

-- CreateTable
CREATE TABLE "application_translations" (
    "application_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "application_translations_pkey" PRIMARY KEY ("application_id","locale")
);

-- AddForeignKey
ALTER TABLE "scope_translations" ADD CONSTRAINT "scope_translations_scope_name_fkey" FOREIGN KEY ("scope_name") REFERENCES "scopes"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_translations" ADD CONSTRAINT "api_translations_api_id_fkey" FOREIGN KEY ("api_id") REFERENCES "apis"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_translations" ADD CONSTRAINT "application_translations_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;
