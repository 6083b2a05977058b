-- AlterTable
ALTER TABLE "users" ADD COLUMN "subject" TEXT;

-- Applications know everyone by the id so far, and go on doing so.
UPDATE "users" SET "subject" = "id"::text;

ALTER TABLE "users" ALTER COLUMN "subject" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "users_subject_key" ON "users"("subject");

-- A token's `sub` is a user's subject, or the client id where a token stands for the client itself. A client that could
-- choose the subject of a user as its id would be taken for the user (RFC 9700 §4.15), so neither may be made while the
-- other is there. Who makes a client waits for users that are being made with the same subject, and the other way
-- round: the lock ends with the transaction, and the query after it sees what was committed meanwhile. There are 64
-- locks for all values, so that a transaction that brings many users along doesn't run out of locks; users don't wait
-- for each other.
CREATE FUNCTION "subject_lock"("name" TEXT) RETURNS INTEGER
LANGUAGE sql IMMUTABLE AS $$ SELECT hashtext("name") & 63 $$;

CREATE FUNCTION "keep_subject_from_client_ids"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
  NEW."subject" := COALESCE(NEW."subject", NEW."id"::text);
  PERFORM pg_advisory_xact_lock_shared(7061502, "subject_lock"(NEW."subject"));
  IF EXISTS (SELECT FROM "applications" WHERE "client_id" = NEW."subject")
     OR EXISTS (SELECT FROM "reserved_client_ids" WHERE "client_id_key" = lower(NEW."subject")
                                                    AND "client_id" = NEW."subject") THEN
    RAISE EXCEPTION 'the subject % is a client id', NEW."subject"
      USING ERRCODE = 'unique_violation', TABLE = 'users', CONSTRAINT = 'users_subject_key';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION "keep_client_id_from_subjects"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7061502, "subject_lock"(NEW."client_id"));
  IF EXISTS (SELECT FROM "users" WHERE "subject" = NEW."client_id")
     OR EXISTS (SELECT FROM "pairwise_subjects" WHERE "subject" =
                  CASE WHEN NEW."client_id" ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                  THEN NEW."client_id"::uuid END) THEN
    RAISE EXCEPTION 'the client id % is a subject', NEW."client_id"
      USING ERRCODE = 'unique_violation', TABLE = 'applications', CONSTRAINT = 'applications_client_id_key';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "users_subject" BEFORE INSERT OR UPDATE OF "subject" ON "users"
FOR EACH ROW EXECUTE FUNCTION "keep_subject_from_client_ids"();

CREATE TRIGGER "applications_client_id" BEFORE INSERT OR UPDATE OF "client_id" ON "applications"
FOR EACH ROW EXECUTE FUNCTION "keep_client_id_from_subjects"();
