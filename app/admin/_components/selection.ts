import { backFrom } from "@/lib/http/forms/back-to-referer";

/** An action that a page of its own asks about, before it is done to what was selected in a list. */
export interface AskedAction {
  /** The page, without a trailing slash. */
  page: string;
  /** The list that the selected are from. */
  list: string;
}

/** The page that asks; `list` is the address of the list with what it was asked for. */
export function toAskingPath({ page, list: path }: AskedAction, ids: readonly string[], list: string): string {
  return `${page}/?${new URLSearchParams({ ids: ids.join("."), list: list.slice(path.length) })}`;
}

export function readSelection(sent: string | undefined): string[] {
  return (sent ?? "").split(".").filter((id) => id !== "");
}

/** The list at `path` with what it was asked for, and never another page. */
export function toListPath(path: string, sent: string | undefined): string {
  if (sent === undefined || sent === "") return path;
  const query = sent.startsWith(path) ? sent.slice(path.length) : sent;
  return /^\?[\x21-\x5b\x5d-\x7e]{1,1000}$/.test(query) ? `${path}${query}` : path;
}

/** The list at `path` that a form was sent from. */
export function toListOf(path: string, headers: Headers): string {
  const from = backFrom(headers);
  return toListPath(path, from.startsWith(`${path}?`) ? from : undefined);
}
