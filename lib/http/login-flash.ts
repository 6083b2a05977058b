import { z } from "zod";
import { randomToken } from "@/lib/oauth/digest";
import { readFlash, setFlash } from "./flash";

/** What the login page has to know after an attempt; `attempt` ties it to the page that the answer leads to. */
const loginFlashSchema = z.object({ attempt: z.string(), identifier: z.string(), failed: z.boolean() });

export type LoginFlash = Omit<z.output<typeof loginFlashSchema>, "attempt">;

/**
 * Keeps what was typed, except the password, and returns the value of the `attempt` parameter. `failed` is false if the
 * password was not even compared.
 */
export async function setLoginFlash({ identifier, failed }: LoginFlash): Promise<string> {
  const attempt = randomToken().slice(0, 16);
  await setFlash("login", { attempt, identifier: identifier.slice(0, 254), failed }, { path: "/login", maxAge: 300 });
  return attempt;
}

/** The attempt that this page comes after; null if there was none. */
export async function readLoginFlash(attempt: string | undefined): Promise<LoginFlash | null> {
  const flash = loginFlashSchema.safeParse(await readFlash("login"));
  return flash.success && flash.data.attempt === attempt ? flash.data : null;
}
