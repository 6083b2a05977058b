import { z } from "zod";
import { type Flash, readFlash, setFlash } from "@/lib/http/forms/flash";
import { invitationsFlashPath } from "@/lib/http/forms/invitation-flash";
import { invitationsPath } from "@/lib/http/paths";
import type { AskedAction } from "../../_components/selection";

/** Its page lists who gets a message. */
export const resending: AskedAction = { page: `${invitationsPath}resend`, list: invitationsPath };

/** What became of the invitations that were selected in the list, in numbers. */
const resentFlashSchema = z.object({ sent: z.number(), limited: z.number(), gone: z.number() });

const flash: Flash = { name: "resent", path: invitationsFlashPath, maxAge: 60 };

export async function setResentFlash(value: z.input<typeof resentFlashSchema>): Promise<void> {
  await setFlash(flash, value);
}

export async function readResentFlash(): Promise<z.output<typeof resentFlashSchema> | null> {
  return resentFlashSchema.safeParse(await readFlash(flash)).data ?? null;
}
