import { z } from "zod";
import { toUserKey } from "@/lib/db/user-key";
import { offeredLocales } from "@/lib/messages/locales";
import { ValidationError } from "../errors";
import { normalized, type Refuse } from "../normalized";
import { readEmail } from "../users/user-schema";

export const mostInvitations = 100;
/** Their links are shown once, from a cookie: more wouldn't fit. */
export const mostCopiedLinks = 20;

const mostGroups = 50;

/** How a link reaches someone: by e-mail to their address, or copied by whoever created it. */
export const delivery = z.enum(["email", "copy"], "Choose how the link is delivered.");

export const newInvitations = z.object({
  emails: z.array(z.string(), "Enter an e-mail address."),
  locale: z.enum(offeredLocales as [string, ...string[]], "Choose a language."),
  expiresInDays: z
    .number("Choose when the invitation expires.")
    .int("Choose when the invitation expires.")
    .min(1, "An invitation must be valid for at least a day.")
    .max(30, "An invitation can be valid for at most 30 days."),
  delivery,
  /** The groups that the invited will be in. */
  groupIds: z.array(z.string()).max(mostGroups).default([]),
});

export const newInvitationsSchema = normalized(newInvitations, { emails: readEmails });

/** Each address once. What is wrong is named, because it may be one of many that were pasted. */
function readEmails(sent: string[], refuse: Refuse): string[] {
  const typed = sent.map((email) => email.trim()).filter((email) => email !== "");
  if (typed.length === 0) refuse("Enter an e-mail address.");
  if (typed.length > mostInvitations) {
    refuse(`Enter at most ${mostInvitations} addresses at a time.`);
    return [];
  }
  const wrong: string[] = [];
  const emails = typed.map((email) => readEmail(email, () => wrong.push(email)));
  if (wrong.length > 0) refuse(`Not a valid e-mail address: ${nameSome(wrong)}`);
  return [...new Map(emails.map((email) => [toUserKey(email), email])).values()];
}

const mostNamed = 5;

/** For a message: some of them, and how many there are. */
export function nameSome(emails: readonly string[]): string {
  const named = emails.slice(0, mostNamed).map((email) => email.slice(0, 100));
  const others = emails.length - named.length;
  return others > 0 ? `${named.join(", ")} and ${others} more` : named.join(", ");
}

export const invitationReference = z.object({ id: z.string() });

export function noMail(): ValidationError {
  return new ValidationError({ delivery: ["This server can't send e-mail. Copy the link instead."] });
}
