import { z } from "zod";
import { hasForbiddenCharacter, toUserKey } from "@/lib/db/user-key";
import { isEmailAddress } from "@/lib/email-address";
import { normalized, type Refuse } from "../normalized";

const usernameCharacters = "Use letters, digits and @ . + - _ ' only.";

/** Some letters and marks are invisible too: with one of them a name would look like another. */
const visibleUsername = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}@.+_'-])*$/u;

export const userInput = z.object({
  username: z.string({ error: "Enter a username." }),
  email: z.string({ error: "Enter an e-mail address." }),
  password: z.string({ error: "Enter a password." }),
});

export function readUsername(sent: string, refuse: Refuse): string {
  const username = fold(sent);
  if (username === null) refuse(usernameCharacters);
  else if (username === "") refuse("Enter a username.");
  else {
    if (username.length > 150) refuse("A username may have at most 150 characters.");
    if (!visibleUsername.test(username)) refuse(usernameCharacters);
  }
  return username ?? sent;
}

export function readEmail(sent: string, refuse: Refuse): string {
  const email = fold(sent);
  if (email === null || !isEmailAddress(email)) refuse("Enter a valid e-mail address.");
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

/**
 * Signing in accepts either name, so a username may look like an email address only if it is the user's own: otherwise
 * one account could claim the address of another.
 */
export const userSchema = normalized(userInput, { username: readUsername, email: readEmail }).refine(
  ({ username, email }) => !username.includes("@") || toUserKey(username) === toUserKey(email),
  { path: ["username"], error: "A username with @ must be your own e-mail address." },
);

export type UserInput = z.input<typeof userInput>;

export const userReference = z.strictObject({ id: z.uuid() });
