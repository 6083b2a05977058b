import { afterAll, expect, test } from "vitest";
import { isDatabaseUnavailable } from "@/lib/database-errors";
import { createPrismaClient } from "./client";
import { isSafeRead } from "./reading-again";

/** A client whose queries have half a second; PostgreSQL itself gives them all the time. */
const prisma = createPrismaClient(process.env.TEST_DATABASE_URL ?? "", { query_timeout: 500, statement_timeout: 0 });

afterAll(() => prisma.$disconnect());

async function readPid(): Promise<number> {
  const [row] = await prisma.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  if (!row) throw new Error("There is no row.");
  return row.pid;
}

const sleeping = {
  "a query": () => prisma.$queryRaw`SELECT pg_sleep(30)`,
  "a statement of a transaction": () => prisma.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(30)`),
  "one of several statements of a transaction": () =>
    prisma.$transaction([prisma.$queryRaw`SELECT 1`, prisma.$queryRaw`SELECT pg_sleep(30)`]),
};

test.each(Object.entries(sleeping))("a connection on which %s met the limit is never used again", async (_, sleep) => {
  const before = await readPid();
  const failure = await sleep().then(
    () => null,
    (error: unknown) => error,
  );
  expect(isDatabaseUnavailable(failure)).toBe(true);
  expect(await readPid()).not.toBe(before);
});

test("a COMMIT that reaches the limit is reported as an outage, and its connection is never used again", async () => {
  const suffix = `lost_${process.pid}`;
  const before = await readPid();
  const failure = await prisma
    .$transaction(async (tx) => {
      await tx.$executeRawUnsafe(`CREATE TABLE ${suffix} (id int)`);
      await tx.$executeRawUnsafe(`
        CREATE FUNCTION pg_temp.${suffix}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$`);
      await tx.$executeRawUnsafe(`
        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON ${suffix} DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION pg_temp.${suffix}()`);
      await tx.$executeRawUnsafe(`INSERT INTO ${suffix} VALUES (1)`);
    })
    .catch((error: unknown) => error);
  expect(isDatabaseUnavailable(failure)).toBe(true);
  expect(await readPid()).not.toBe(before);
});

test.each([
  'SELECT "public"."users"."id", "public"."users"."updated_at" FROM "public"."users" WHERE 1=1',
  "\n  WITH a AS (SELECT 1) SELECT * FROM a",
])("changes nothing: %s", (sql) => {
  expect(isSafeRead(sql)).toBe(true);
});

test.each([
  "INSERT INTO a VALUES (1)",
  "WITH a AS (DELETE FROM b RETURNING *) SELECT * FROM a",
  "WITH a AS (\nupdate b SET c = 1 RETURNING *) SELECT * FROM a",
  "SELECT * FROM a FOR UPDATE",
  "SELECT nextval('a')",
  "SELECT pg_advisory_xact_lock(1)",
  "SELECT set_config('a', 'b', false)",
  "BEGIN",
])("may change something: %s", (sql) => {
  expect(isSafeRead(sql)).toBe(false);
});
