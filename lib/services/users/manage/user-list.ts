import "server-only";
import { sql } from "@/lib/db/lists/sql";
import type { List } from "../../lists/read-list";

export const userSorts = ["name", "username", "created", "last_sign_in"] as const;

export type UserSort = (typeof userSorts)[number];

/** The rows are `u`. A list of some users, such as the members of a group, joins others to them. */
export const userList = {
  from: sql`users u`,
  id: sql`u.id`,
  searched: {
    column: sql`u.search_text`,
    table: sql`users`,
    name: sql`search_text`,
    id: sql`u.id`,
    trigramIndex: "users_search_text_idx",
  },
  orders: {
    // As in the indexes: without the same expression they aren't used.
    name: { by: sql`lower(COALESCE(u.name, u.username))`, kind: "text" },
    username: { by: sql`u.username_key`, kind: "text" },
    created: { by: sql`u.created_at`, kind: "moment" },
    last_sign_in: { by: sql`COALESCE(u.last_sign_in_at, '1970-01-01T00:00:00Z'::timestamptz)`, kind: "moment" },
  },
  firstOrder: "name",
} as const satisfies List<UserSort>;
