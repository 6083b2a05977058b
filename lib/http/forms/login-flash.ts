import { z } from "zod";
import { randomToken } from "@/lib/oauth/wire/digest";
import { clearFlash, type Flash, readFlash, setFlash } from "./flash";

/** What the login page needs after an attempt; `attempt` ties it to the page to which the answer leads. */
const loginFlashSchema = z.object({ attempt: z.string(), identifier: z.string(), failed: z.boolean() });

export type LoginFlash = Omit<z.output<typeof loginFlashSchema>, "attempt">;

/** There may be no session yet, or one that has to be authenticated again. */
const flash: Flash = { name: "login", path: "/login", maxAge: 300, outlivesSession: true };

/**
 * Stores what was typed, except the password, and returns the value of the `attempt` parameter. `failed` is false if
 * the password wasn't even compared.
 */
export async function setLoginFlash({ identifier, failed }: LoginFlash): Promise<string> {
  const attempt = randomToken().slice(0, 16);
  await setFlash(flash, { attempt, identifier: identifier.slice(0, 254), failed });
  return attempt;
}

/** The attempt that led to this page; null if there was none. */
export async function readLoginFlash(attempt: string | undefined): Promise<LoginFlash | null> {
  const { data } = loginFlashSchema.safeParse(await readFlash(flash));
  return data && data.attempt === attempt ? data : null;
}

/** After a sign-in, nobody needs to see what was typed before. */
export async function clearLoginFlash(): Promise<void> {
  await clearFlash(flash);
}
