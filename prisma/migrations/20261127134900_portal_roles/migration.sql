CREATE TYPE "portal_role" AS ENUM ('administrator', 'user_manager', 'application_manager', 'auditor', 'application_owner');

ALTER TABLE "users" ADD COLUMN "portal_role" "portal_role";

UPDATE "users" SET "portal_role" = 'administrator' WHERE "is_administrator";

CREATE INDEX "users_portal_role_idx" ON "users"("portal_role");

-- A process from before roles may run beside newer ones for a while: it reads and writes the flag only.
CREATE FUNCTION "keep_administrator_flag"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."is_administrator" AND NEW."portal_role" IS NULL AND (TG_OP = 'INSERT' OR NOT OLD."is_administrator") THEN
    NEW."portal_role" := 'administrator';
  END IF;
  NEW."is_administrator" := NEW."portal_role" IS NOT DISTINCT FROM 'administrator'::"portal_role";
  RETURN NEW;
END
$$;

CREATE TRIGGER "users_keep_administrator_flag" BEFORE INSERT OR UPDATE OF "portal_role", "is_administrator" ON "users"
  FOR EACH ROW EXECUTE FUNCTION "keep_administrator_flag"();
