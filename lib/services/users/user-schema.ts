import { z } from "zod";
import { hasForbiddenCharacter, toUserKey } from "@/lib/db/user-key";
import { isEmailAddress } from "@/lib/email-address";

const usernameCharacters = "Use letters, digits and @ . + - _ ' only.";

/** Some letters and marks have no shape either: with one of them a name would look like another. */
const visibleUsername = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}@.+_'-])*$/u;

export const usernameSchema = typed("Enter a username.", usernameCharacters).pipe(
  z
    .string()
    .min(1, "Enter a username.")
    .max(150, "A username may have at most 150 characters.")
    .regex(visibleUsername, usernameCharacters),
);

export const emailSchema = typed("Enter an e-mail address.", "Enter a valid e-mail address.").pipe(
  z.string().refine(isEmailAddress, "Enter a valid e-mail address."),
);

/**
 * As folded as `toSignInKey` folds what is typed to sign in. Trimming would drop some control characters: they are
 * refused.
 */
function typed(missing: string, refused: string) {
  return (
    z
      .string({ error: missing })
      .refine((value) => !hasForbiddenCharacter(value), refused)
      // The apostrophe that phones write is the same name.
      .transform((value) =>
        value
          .normalize("NFKC")
          .trim()
          .replace(/[\u2018\u2019]/g, "'"),
      )
  );
}

/**
 * Signing in takes either name, so a username may only look like an e-mail address where it is the person's own:
 * otherwise one account could claim the address of another.
 */
export const userSchema = z
  .object({ username: usernameSchema, email: emailSchema, password: z.string({ error: "Enter a password." }) })
  .refine(({ username, email }) => !username.includes("@") || toUserKey(username) === toUserKey(email), {
    path: ["username"],
    error: "A username with @ must be your own e-mail address.",
  });

export type UserInput = z.input<typeof userSchema>;
