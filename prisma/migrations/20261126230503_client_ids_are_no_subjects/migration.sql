-- Apart from what locks the table of users: consents and registrations lock applications first and users after them.
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

CREATE TRIGGER "applications_client_id" BEFORE INSERT OR UPDATE OF "client_id" ON "applications"
FOR EACH ROW EXECUTE FUNCTION "keep_client_id_from_subjects"();
