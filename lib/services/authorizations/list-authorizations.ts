import "server-only";
import { z } from "zod";
import { type Sql, sql } from "@/lib/db/lists/sql";
import { requireUser, type ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { listInput, listOf } from "../lists/list-wire";
import { type List, readList } from "../lists/read-list";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { authorization, findAuthorizations } from "./find-authorizations";

export const authorizationSorts = ["last_used", "name", "authorized"] as const;

type AuthorizationSort = (typeof authorizationSorts)[number];

export const listAuthorizationsInput = listInput(authorizationSorts, {
  /** BCP 47: the names that applications have in this language are searched, and sorted by. */
  locale: z.string().optional(),
});

export const listAuthorizationsWire = {
  input: listAuthorizationsInput,
  output: listOf("authorizations", authorization),
} satisfies Wire;

/** A page of the applications that this user has authorized, the most recently used first. */
export async function listAuthorizations(
  context: ServiceContext,
  input: Sent<typeof listAuthorizationsWire> = {},
): Promise<Returned<typeof listAuthorizationsWire>> {
  const userId = requireUser(context);
  return readAuthorizations({ userId, now: context.now() }, parseInput(listAuthorizationsInput, input));
}

interface Whose {
  userId: string;
  now: Date;
}

type Asked = z.output<typeof listAuthorizationsInput>;

/** The same of any user: whoever calls this has authorized it. */
export async function readAuthorizations(whose: Whose, { q, locale = "", ...asked }: Asked) {
  const { ids, ...page } = await readList(listOfUser(whose, locale), contains(q), asked);
  return { authorizations: await findAuthorizations(whose, ids), ...page };
}

/** It costs what this one user has authorized, so that it needs no index for its orders. */
function listOfUser({ userId, now }: Whose, locale: string): List<AuthorizationSort> {
  const name = sql`COALESCE(t.text, a.metadata ->> ${`client_name#${locale}`}, a.name)`;
  return {
    from: sql`(
      SELECT a.id, lower(${name}) AS name, lower(${name} || ' ' || a.name) AS searched,
             COALESCE(c.created_at, f.first_at) AS authorized_at, COALESCE(f.last_used_at, c.created_at) AS last_used_at
      FROM (SELECT application_id, created_at FROM consents WHERE user_id = ${userId}::uuid) c
      FULL JOIN (
        SELECT application_id, min(created_at) AS first_at, max(last_used_at) AS last_used_at FROM token_families
        WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > ${now}::timestamptz
        GROUP BY application_id
      ) f ON f.application_id = c.application_id
      JOIN applications a ON a.id = COALESCE(c.application_id, f.application_id)
      LEFT JOIN application_translations t ON t.application_id = a.id AND t.locale = ${locale}
    ) authorized`,
    id: sql`authorized.id`,
    orders: {
      last_used: { by: sql`authorized.last_used_at`, kind: "moment" },
      name: { by: sql`authorized.name`, kind: "text" },
      authorized: { by: sql`authorized.authorized_at`, kind: "moment" },
    },
    firstOrder: "-last_used",
  };
}

/** Longer input is cut: each term is another condition. */
const maximumLength = 200;
const maximumTerms = 6;

/** Every term has to be somewhere in the name. */
function contains(typed = ""): Sql[] {
  const text = typed.normalize("NFC").slice(0, maximumLength);
  const terms = text.split(/\s+/).filter((term) => term !== "");
  return terms
    .slice(0, maximumTerms)
    .map((term) => sql`authorized.searched LIKE lower(${`%${term.replaceAll(/[\\%_]/g, "\\$&")}%`})`);
}

export const getAuthorizationWire = {
  input: z.object({ applicationId: z.string() }),
  output: authorization,
} satisfies Wire;

/** What this user has authorized one application to do. @throws NotFoundError */
export async function getAuthorization(
  context: ServiceContext,
  { applicationId }: Sent<typeof getAuthorizationWire>,
): Promise<Returned<typeof getAuthorizationWire>> {
  const userId = requireUser(context);
  const [found] = await findAuthorizations({ userId, now: context.now() }, [applicationId]);
  if (!found) throw new NotFoundError("authorization");
  return found;
}
