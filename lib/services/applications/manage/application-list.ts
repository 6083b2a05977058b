import "server-only";
import { z } from "zod";
import { type Sql, sql } from "@/lib/db/lists/sql";
import { applicationKinds } from "@/lib/oauth/ports/client-choices";
import { grantTypes } from "@/lib/oauth/ports/types";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { listInput } from "../../lists/list-wire";
import type { List } from "../../lists/read-list";

export const applicationSorts = ["name", "created"] as const;

/** A secret that expires in so many days is shown as expiring soon. */
const soonDays = 30;

/** What a list of applications leaves out, by name. */
export const applicationFilters = {
  status: ["active", "disabled"],
  /** `none`: registered before there were kinds, or by a program that named none. */
  kind: [...applicationKinds, "none"],
  grant: grantTypes,
  use: ["never"],
  /** Of the one that can be used longest: `soon` within 30 days; `expired`, so that none can be used. */
  secret: ["soon", "expired"],
} as const;

export const listApplicationsInput = listInput(applicationSorts, {
  status: z.enum(applicationFilters.status).optional(),
  kind: z.enum(applicationFilters.kind).optional(),
  grant: z.enum(applicationFilters.grant).optional(),
  use: z.enum(applicationFilters.use).optional(),
  secret: z.enum(applicationFilters.secret).optional(),
  /** A user's ID, or `none`. */
  owner: z.string().optional(),
});

/** The rows are `a`. */
export const applicationList = {
  from: sql`applications a`,
  id: sql`a.id`,
  searched: {
    column: sql`a.search_text`,
    table: sql`applications`,
    name: sql`search_text`,
    id: sql`a.id`,
    trigramIndex: "applications_search_text_idx",
  },
  orders: {
    // As in the index: without the same expression it isn't used.
    name: { by: sql`lower(a.name)`, kind: "text" },
    created: { by: sql`a.created_at`, kind: "moment" },
  },
  firstOrder: "-created",
} as const satisfies List<(typeof applicationSorts)[number]>;

type Asked = z.output<typeof listApplicationsInput>;

/** What the filters ask for. `LIMIT` keeps PostgreSQL from reading a whole table of tokens or secrets to join it. */
export function toConditions({ status, kind, grant, use, secret, owner }: Asked, now: Date): Sql[] {
  const conditions: Sql[] = [];
  if (status) conditions.push(status === "disabled" ? sql`a.disabled_at IS NOT NULL` : sql`a.disabled_at IS NULL`);
  if (kind) conditions.push(kind === "none" ? sql`a.kind IS NULL` : sql`a.kind = ${kind}::application_kind`);
  if (grant) conditions.push(sql`a.grant_types @> ARRAY[${grant}]`);
  if (owner) conditions.push(owner === "none" ? sql`a.owner_id IS NULL` : ownedBy(owner));
  if (use) {
    conditions.push(sql`a.last_token_at IS NULL
      AND (SELECT 1 FROM access_tokens t WHERE t.application_id = a.id LIMIT 1) IS NULL`);
  }
  if (secret) conditions.push(hasLastSecret(secret, now));
  return conditions;
}

export function ownedBy(userId: string): Sql {
  return isUuid(userId) ? sql`a.owner_id = ${userId}::uuid` : sql`false`;
}

function hasLastSecret(secret: "soon" | "expired", now: Date): Sql {
  const soon = new Date(now.getTime() + soonDays * 86_400_000);
  const [from, to] = secret === "soon" ? [now, soon] : [null, now];
  return sql`a.id IN (
    SELECT s.application_id FROM client_secrets s
    WHERE s.revoked_at IS NULL AND s.expires_at <= ${to}::timestamptz
      ${from ? sql`AND s.expires_at > ${from}::timestamptz` : sql``}
      AND (SELECT 1 FROM client_secrets o
           WHERE o.application_id = s.application_id AND o.revoked_at IS NULL
             AND (o.expires_at IS NULL OR o.expires_at > ${to}::timestamptz) LIMIT 1) IS NULL)`;
}
