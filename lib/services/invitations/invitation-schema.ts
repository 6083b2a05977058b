import { z } from "zod";
import { toUserKey } from "@/lib/db/user-key";
import { offeredLocales } from "@/lib/messages/locales";
import { problem } from "@/lib/messages/problem";
import { ValidationError } from "../errors";
import { nameSome } from "../name-some";
import { normalized, type Refuse } from "../normalized";
import { readEmail } from "../users/user-schema";

export const mostInvitations = 100;
/** Their links are shown once, from a cookie: more wouldn't fit. */
export const mostCopiedLinks = 20;

const mostGroups = 50;

/** How a link reaches someone: by e-mail to their address, or copied by whoever created it. */
export const delivery = z.enum(["email", "copy"], problem("consoleProblems.delivery"));

export const newInvitations = z.object({
  emails: z.array(z.string(), problem("problems.email.missing")),
  locale: z.enum(offeredLocales as [string, ...string[]], problem("consoleProblems.invitations.language")),
  expiresInDays: z
    .number(problem("consoleProblems.invitations.expires"))
    .int(problem("consoleProblems.invitations.expires"))
    .min(1, problem("consoleProblems.invitations.minDays"))
    .max(30, problem("consoleProblems.invitations.maxDays", { maximum: 30 })),
  delivery,
  /** The groups that the invited will be in. */
  groupIds: z
    .array(z.string())
    .max(mostGroups, problem("consoleProblems.groups.most", { maximum: mostGroups }))
    .default([]),
});

export const newInvitationsSchema = normalized(newInvitations, { emails: readEmails });

/** Each address once. What is wrong is named, because it may be one of many that were pasted. */
function readEmails(sent: string[], refuse: Refuse): string[] {
  const typed = sent.map((email) => email.trim()).filter((email) => email !== "");
  if (typed.length === 0) refuse(problem("problems.email.missing"));
  if (typed.length > mostInvitations) {
    refuse(problem("consoleProblems.invitations.most", { maximum: mostInvitations }));
    return [];
  }
  const wrong: string[] = [];
  const emails = typed.map((email) => readEmail(email, () => wrong.push(email)));
  if (wrong.length > 0) refuse(nameSome(wrong, "consoleProblems.invitations.invalid"));
  return [...new Map(emails.map((email) => [toUserKey(email), email])).values()];
}

export const invitationReference = z.object({ id: z.string() });

export const invitationReferences = z.object({ ids: z.array(z.string()) });

/** As many as a page of the list has. */
export const mostSelected = 100;

export function noMail(): ValidationError {
  return new ValidationError({ delivery: [problem("consoleProblems.mailCopy")] });
}
