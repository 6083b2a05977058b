-- CreateTable
CREATE TABLE "dismissed_notices" (
    "name" TEXT NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dismissed_notices_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "applications_launch_url_idx" ON "applications"("launch_url");

-- CreateIndex
CREATE INDEX "applications_initiate_login_uri_idx" ON "applications"("initiate_login_uri");
