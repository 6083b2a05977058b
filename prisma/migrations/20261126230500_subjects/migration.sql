-- Applications know everyone by the id so far, and go on doing so: new users get it here, those that there are in the
-- next migration, so that no row waits for all of them. A subject is what OpenID Connect Core §2 allows for `sub`.
ALTER TABLE "users" ADD COLUMN "subject" TEXT;
ALTER TABLE "users" ADD CONSTRAINT "users_subject_check" CHECK ("subject" ~ '^[\x21-\x7e]{1,255}$') NOT VALID;

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
     OR EXISTS (SELECT FROM "reserved_client_ids"
                WHERE "client_id_key" = lower(NEW."subject" COLLATE "C") AND "client_id" = NEW."subject") THEN
    RAISE EXCEPTION 'the subject % is a client id', NEW."subject"
      USING ERRCODE = 'unique_violation', TABLE = 'users', CONSTRAINT = 'users_subject_key';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "users_subject" BEFORE INSERT OR UPDATE OF "subject" ON "users"
FOR EACH ROW EXECUTE FUNCTION "keep_subject_from_client_ids"();
