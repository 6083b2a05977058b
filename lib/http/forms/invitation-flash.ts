import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { ValidationError } from "@/lib/services/errors";
import { clearFlash, type Flash, readFlash, setFlash } from "./flash";

/**
 * Links until "I've copied them": like a client secret, only in an encrypted cookie of the browser that created them,
 * for that session, for an hour at most (docs/adr/0010). Only tokens, so that sixty fit; the database has addresses.
 */
const invitationFlashSchema = z.array(z.object({ id: z.string(), token: z.string() }));

export type InvitationFlash = z.output<typeof invitationFlashSchema>;

/** Without the trailing slash: this way a cookie's path covers both forms of the address (RFC 6265 §5.1.4). */
export const invitationsFlashPath = "/admin/invitations";

const flash: Flash = { name: "invitations", path: invitationsFlashPath, maxAge: 3600 };

/** How many links are kept until somebody says that they have been copied. */
const mostKept = 60;

/** @throws ValidationError if so many new links would hide others that nobody has copied yet */
export async function requireRoomForLinks(count: number): Promise<void> {
  const kept = await readInvitationFlash();
  if (kept.length === 0 || kept.length + count <= mostKept) return;
  throw new ValidationError({ emails: [problem("consoleProblems.invitations.notCopied", { count: kept.length })] });
}

/** Adds links to those that haven't been copied yet. A new link of an invitation takes the place of the old one. */
export async function addToInvitationFlash(links: readonly { id: string; link: string | null }[]): Promise<void> {
  const tokens = links.map(({ id, link }) => ({ id, token: link?.split("/").at(-1) ?? "" }));
  const replaced = new Set(tokens.map(({ id }) => id));
  const others = (await readInvitationFlash()).filter(({ id }) => !replaced.has(id));
  await setFlash(flash, [...tokens, ...others].slice(0, mostKept) satisfies InvitationFlash);
}

export async function readInvitationFlash(): Promise<InvitationFlash> {
  return invitationFlashSchema.safeParse(await readFlash(flash)).data ?? [];
}

export async function clearInvitationFlash(): Promise<void> {
  await clearFlash(flash);
}
