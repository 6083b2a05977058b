import "server-only";
import { getPrisma } from "@/lib/db/prisma";

/** How many people of an application are counted: each row of a page reads so many entries of an index at most. */
const mostCounted = 500;

export interface ApplicationUse {
  lastTokenAt: Date | null;
  people: { value: number; exact: boolean };
}

interface Row {
  id: string;
  lastTokenAt: Date | null;
  people: number;
  exact: boolean;
}

/**
 * When each of the applications got its last token, and how many people have allowed it something or use it. The tokens
 * that aren't stored anymore are remembered when they are deleted.
 */
export async function describeUse(ids: readonly string[]): Promise<(id: string) => ApplicationUse> {
  const rows = await getPrisma().$queryRaw<Row[]>`
    SELECT a.id, p.people, p.exact,
           GREATEST(a.last_token_at, (SELECT max(t.created_at) FROM access_tokens t WHERE t.application_id = a.id))
             AS "lastTokenAt"
    FROM applications a, LATERAL (
      SELECT count(DISTINCT user_id)::int AS people,
             count(*) FILTER (WHERE allowed) <= ${mostCounted} AND count(*) FILTER (WHERE NOT allowed) <= ${mostCounted}
               AS exact
      FROM ((SELECT c.user_id, true AS allowed FROM consents c WHERE c.application_id = a.id LIMIT ${mostCounted + 1})
            UNION ALL
            (SELECT f.user_id, false FROM token_families f WHERE f.application_id = a.id LIMIT ${mostCounted + 1})) known
    ) p
    WHERE a.id = ANY(${[...ids]}::uuid[])`;
  const uses = new Map(
    rows.map(({ id, lastTokenAt, people, exact }): [string, ApplicationUse] => [
      id,
      { lastTokenAt, people: { value: exact ? people : Math.min(people, mostCounted), exact } },
    ]),
  );
  return (id) => uses.get(id) ?? { lastTokenAt: null, people: { value: 0, exact: true } };
}
