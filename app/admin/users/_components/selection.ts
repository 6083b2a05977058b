import { usersPath } from "@/lib/http/paths";

/** Without a trailing slash. */
export const disablingPage = "/admin/users/disable";

/** The page that asks why the selected users are disabled; `list` is the address of the list that they come from. */
export function toDisablingPath(ids: readonly string[], list: string): string {
  return `${disablingPage}/?${new URLSearchParams({ ids: ids.join("."), list: list.slice(usersPath.length) })}`;
}

export function readSelection(sent: string | undefined): string[] {
  return (sent ?? "").split(".").filter((id) => id !== "");
}

/** The list of users with what it was asked for, and never another page. */
export function toListPath(sent: string | undefined): string {
  if (sent === undefined || sent === "") return usersPath;
  const query = sent.startsWith(usersPath) ? sent.slice(usersPath.length) : sent;
  return /^\?[\x21-\x5b\x5d-\x7e]{1,1000}$/.test(query) ? `${usersPath}${query}` : usersPath;
}
