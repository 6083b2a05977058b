import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { createInvitation } from "@/lib/services/invitations/create-invitation";
import { createPasswordResetLink } from "@/lib/services/password-reset/create-password-reset-link";
import type { Portal, TestUser } from "./portal";
import { noteSecret } from "./secrets-seen";

export interface TestInvitation {
  id: string;
  email: string;
  /** Of the link, of which there is no copy. */
  path: string;
}

/** Invites someone. */
export async function invite(
  portal: Portal,
  email = `invited-${randomAlphanumeric(12).toLowerCase()}@example.test`,
): Promise<TestInvitation> {
  const input = { emails: [email], locale: "en", expiresInDays: 1, delivery: "copy" as const };
  const [created] = (await createInvitation(portal.context, input)).invitations;
  if (!created?.link) throw new Error("There is no invitation.");
  const { id, link } = created;
  portal.atCleanUp(() => portal.database.invitation.deleteMany({ where: { id } }));
  return { id, email, path: toPath(link) };
}

/** The path of a link with which the user chooses a new password. */
export async function createResetLink(portal: Portal, { id }: TestUser): Promise<string> {
  const { link } = await createPasswordResetLink(portal.context, { userId: id, delivery: "copy" });
  return toPath(link ?? "");
}

function toPath(link: string): string {
  noteSecret(link.split("/").at(-1) ?? "");
  return new URL(link).pathname;
}
