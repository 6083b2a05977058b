import { z } from "zod";
import { randomToken } from "@/lib/oauth/digest";
import { readFlash, setFlash } from "./flash";

/** What the login page has to know after a failed attempt; `attempt` ties it to the page that the 303 leads to. */
const loginFlashSchema = z.object({ attempt: z.string(), identifier: z.string() });

/** Keeps what was typed, except the password, and returns the value of the `attempt` parameter. */
export async function setLoginFlash(identifier: string): Promise<string> {
  const attempt = randomToken().slice(0, 16);
  await setFlash("login", { attempt, identifier: identifier.slice(0, 254) }, { path: "/login", maxAge: 300 });
  return attempt;
}

/** The failed attempt that this page shows; null where it shows none. */
export async function readLoginFlash(attempt: string | undefined): Promise<{ identifier: string } | null> {
  const flash = loginFlashSchema.safeParse(await readFlash("login"));
  return flash.success && flash.data.attempt === attempt ? flash.data : null;
}
