import "server-only";
import { getPrisma } from "@/lib/db/prisma";

/** Counting stops here: how many more there are isn't worth its cost. */
const countLimit = 10_000;

/** With more names than this, their number says more. */
const namedApis = 2;

interface Row {
  scope: string;
  applications: number;
  apis: number;
  apiNames: string[];
}

/** Where each of these scopes is used, in one query, whose parts all stop at a number of rows. */
export async function findScopeUsage(names: readonly string[]) {
  // The names are sorted after their rows were found by the scope: in their order, PostgreSQL would read all APIs.
  const rows = await getPrisma().$queryRaw<Row[]>`
    SELECT asked.scope, named.applications, used.apis, COALESCE(used.names[:${namedApis}::int], '{}') AS "apiNames"
    FROM unnest(${[...names]}::text[]) AS asked (scope), LATERAL (
      SELECT count(*)::int AS applications
      FROM (SELECT FROM applications WHERE allowed_scopes @> ARRAY[asked.scope] LIMIT ${countLimit + 1}) AS found
    ) AS named, LATERAL (
      SELECT count(*)::int AS apis, array_agg(name ORDER BY lower(name), id) AS names
      FROM (SELECT name, id FROM apis WHERE scopes @> ARRAY[asked.scope] LIMIT ${countLimit + 1}) AS found
    ) AS used`;
  const found = new Map(rows.map((row) => [row.scope, row]));
  return (name: string) => {
    const { applications = 0, apis = 0, apiNames = [] } = found.get(name) ?? {};
    return { applications: toCount(applications), apis: toCount(apis), apiNames };
  };
}

function toCount(value: number) {
  return { value: Math.min(value, countLimit), exact: value <= countLimit };
}
