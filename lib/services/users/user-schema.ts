import { z } from "zod";
import { toUserKey } from "@/lib/db/user-key";

export const usernameSchema = z
  .string({ error: "Enter a username." })
  .transform((value) => value.normalize("NFKC").trim())
  .pipe(
    z
      .string()
      .min(1, "Enter a username.")
      .max(150, "A username may have at most 150 characters.")
      .regex(/^[\p{L}\p{M}\p{N}@.+_-]*$/u, "Use letters, digits and @ . + - _ only."),
  );

export const emailSchema = z
  .string({ error: "Enter an e-mail address." })
  .transform((value) => value.normalize("NFKC").trim())
  .pipe(z.email("Enter a valid e-mail address.").max(254, "An e-mail address may have at most 254 characters."));

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
