-- CreateTable
CREATE TABLE "data_repairs" (
    "name" TEXT NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "data_repairs_pkey" PRIMARY KEY ("name")
);
