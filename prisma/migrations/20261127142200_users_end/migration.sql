-- CreateTable
CREATE TABLE "reserved_subjects" (
    "subject" TEXT NOT NULL,
    "reserved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reserved_subjects_pkey" PRIMARY KEY ("subject")
);

-- CreateIndex
CREATE INDEX "authorization_requests_authenticated_session_id_idx" ON "authorization_requests"("authenticated_session_id");

-- CreateIndex
CREATE INDEX "authorization_requests_decided_by_session_id_idx" ON "authorization_requests"("decided_by_session_id");

-- A subject is never given to anyone else, whoever deletes the user: applications know their accounts by it.
CREATE FUNCTION "reserve_subject"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "reserved_subjects" ("subject") VALUES (OLD."subject") ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER "users_reserve_subject" AFTER DELETE ON "users"
FOR EACH ROW EXECUTE FUNCTION "reserve_subject"();

-- As before, and not a reserved subject.
CREATE OR REPLACE FUNCTION "keep_subject_from_client_ids"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
  NEW."subject" := COALESCE(NEW."subject", NEW."id"::text);
  PERFORM pg_advisory_xact_lock_shared(7061502, "subject_lock"(NEW."subject"));
  IF EXISTS (SELECT FROM "applications" WHERE "client_id" = NEW."subject")
     OR EXISTS (SELECT FROM "reserved_client_ids"
                WHERE "client_id_key" = lower(NEW."subject" COLLATE "C") AND "client_id" = NEW."subject") THEN
    RAISE EXCEPTION 'the subject % is a client id', NEW."subject"
      USING ERRCODE = 'unique_violation', TABLE = 'users', CONSTRAINT = 'users_subject_key';
  END IF;
  IF EXISTS (SELECT FROM "reserved_subjects" WHERE "subject" = NEW."subject") THEN
    RAISE EXCEPTION 'the subject % was that of a deleted user', NEW."subject"
      USING ERRCODE = 'unique_violation', TABLE = 'users', CONSTRAINT = 'users_subject_key';
  END IF;
  RETURN NEW;
END $$;
