-- In a transaction of its own: it locks rows, one by one, and no table against sign-ins.
UPDATE "users" SET "subject" = "id"::text WHERE "subject" IS NULL;
