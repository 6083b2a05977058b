import { z } from "zod";
import { clearFlash, type Flash, readFlash, setFlash } from "./flash";

/**
 * Links until "I've copied them": like a client secret, only in an encrypted cookie of the browser that created them,
 * for that session, for an hour at most (docs/adr/0010). Only tokens, so that twenty fit; the database has addresses.
 */
const invitationFlashSchema = z.array(z.object({ id: z.string(), token: z.string() }));

export type InvitationFlash = z.output<typeof invitationFlashSchema>;

/** Without the trailing slash: this way a cookie's path covers both forms of the address (RFC 6265 §5.1.4). */
export const invitationsFlashPath = "/admin/invitations";

const flash: Flash = { name: "invitations", path: invitationsFlashPath, maxAge: 3600 };

export async function setInvitationFlash(links: readonly { id: string; link: string | null }[]): Promise<void> {
  const tokens = links.map(({ id, link }) => ({ id, token: link?.split("/").at(-1) ?? "" }));
  await setFlash(flash, tokens satisfies InvitationFlash);
}

export async function readInvitationFlash(): Promise<InvitationFlash> {
  return invitationFlashSchema.safeParse(await readFlash(flash)).data ?? [];
}

export async function clearInvitationFlash(): Promise<void> {
  await clearFlash(flash);
}
