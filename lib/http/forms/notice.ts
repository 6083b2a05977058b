import { type Flash, readFlash, setFlash } from "./flash";

/**
 * What a page says after one of its forms, such as `saved`: a word that it knows. Not in the address, where anyone
 * could write it. `page` has no trailing slash: the cookie is then sent to both forms of the address.
 */
export function setNotice(page: string, notice: string): Promise<void> {
  return setFlash(noticeFlash(page), notice);
}

/** The notice, if it is one of those that the page knows. */
export async function readNotice<Notice extends string>(
  page: string,
  known: readonly Notice[],
): Promise<Notice | null> {
  const notice = await readFlash(noticeFlash(page));
  return known.find((word) => word === notice) ?? null;
}

function noticeFlash(page: string): Flash {
  return { name: "notice", path: page, maxAge: 60 };
}
