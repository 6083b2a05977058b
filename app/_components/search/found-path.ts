import {
  apiPath,
  applicationPath,
  groupPath,
  groupsPath,
  invitationsPath,
  userPath,
  usersPath,
} from "@/lib/http/paths";
import type { Found, FoundKind } from "@/lib/services/search/search";

/** The list of each kind, which takes the search on. */
const lists: Readonly<Record<FoundKind, string>> = {
  application: "/o/applications/",
  user: usersPath,
  group: groupsPath,
  api: "/o/apis/",
  scope: "/o/scopes/",
  invitation: invitationsPath,
};

const pages: Readonly<Record<Exclude<FoundKind, "scope" | "invitation">, (id: string) => string>> = {
  application: applicationPath,
  user: userPath,
  group: groupPath,
  api: apiPath,
};

/** What was found, on its page; what has none, in its list. */
export function foundPath(kind: FoundKind, { id, name }: Pick<Found, "id" | "name">): string {
  return kind === "scope" || kind === "invitation" ? foundListPath(kind, name) : pages[kind](id);
}

export function foundListPath(kind: FoundKind, q: string): string {
  return `${lists[kind]}?${new URLSearchParams({ q })}`;
}
