import { z } from "zod";
import { hasForbiddenCharacter, toUserKey } from "@/lib/db/user-key";
import { isEmailAddress } from "@/lib/email-address";
import { problem } from "@/lib/messages/problem";
import { normalized, type Refuse } from "../normalized";

const usernameCharacters = problem("problems.username.characters");

/** Some letters and marks are invisible too: with one of them a name would look like another. */
const visibleUsername = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}@.+_'-])*$/u;

export const userInput = z.object({
  username: z.string({ error: problem("problems.username.missing") }),
  email: z.string({ error: problem("problems.email.missing") }),
  password: z.string({ error: problem("problems.password.missing") }),
});

export function readUsername(sent: string, refuse: Refuse): string {
  const username = fold(sent);
  if (username === null) refuse(usernameCharacters);
  else if (username === "") refuse(problem("problems.username.missing"));
  else {
    if (username.length > 150) refuse(problem("fieldProblems.long", { maximum: 150 }));
    if (!visibleUsername.test(username)) refuse(usernameCharacters);
  }
  return username ?? sent;
}

export function readEmail(sent: string, refuse: Refuse): string {
  const email = fold(sent);
  if (email === null || !isEmailAddress(email)) refuse(problem("problems.email.invalid"));
  return email ?? sent;
}

/**
 * As folded as `toSignInKey` folds what is typed to sign in. Trimming would drop some control characters: null, as they
 * are refused.
 */
function fold(sent: string): string | null {
  if (hasForbiddenCharacter(sent)) return null;
  // Names with the apostrophe that phones write are the same.
  return sent
    .normalize("NFKC")
    .trim()
    .replace(/[\u2018\u2019]/g, "'");
}

const foreignAddress = { path: ["username"], error: problem("problems.username.email") };

function isOwnName({ username, email }: { username: string; email: string }): boolean {
  return !username.includes("@") || toUserKey(username) === toUserKey(email);
}

/**
 * Signing in accepts either name, so a username may look like an email address only if it is the user's own: otherwise
 * one account could claim the address of another.
 */
export const userSchema = normalized(userInput, { username: readUsername, email: readEmail }).refine(
  isOwnName,
  foreignAddress,
);

const userNamesInput = userInput.pick({ username: true, email: true });

/** Of a user who gets no password. */
export const userNamesSchema = normalized(userNamesInput, { username: readUsername, email: readEmail }).refine(
  isOwnName,
  foreignAddress,
);

export type UserInput = z.input<typeof userInput>;

export const userReference = z.strictObject({ id: z.uuid() });
