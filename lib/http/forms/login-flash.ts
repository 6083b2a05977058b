import { z } from "zod";
import { randomToken } from "@/lib/oauth/wire/digest";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { readAuthorizationRequestId } from "../request-ids";
import { addUiLocales, keepUiLocales } from "../ui-locales";
import { clearFlash, readFlash, sealBrowserFlash, setFlash } from "./flash";
import { toLocalPath } from "./local-path";

/** What the login page needs after an attempt; `attempt` ties it to the page to which the answer leads. */
const loginFlashSchema = z.object({ attempt: z.string(), identifier: z.string(), failed: z.boolean() });

export type LoginFlash = Omit<z.output<typeof loginFlashSchema>, "attempt">;

/** There may be no session yet, or one that has to be authenticated again. */
const flash = { name: "login", path: "/login", maxAge: 300, outlivesSession: true } as const;

/**
 * Stores what was typed, except the password, and returns the address of the form. `failed` is false if the password
 * wasn't even compared.
 */
export async function keepLoginForm(form: Parameters, { failed }: { failed: boolean }): Promise<string> {
  const value = toFlashValue(form, failed);
  await setFlash(flash, value);
  return keepUiLocales(toFormPath(form, value.attempt));
}

/** The same outside of Next.js: the caller sends the cookie. The password wasn't compared. */
export async function sealLoginForm(form: Parameters, browserId: string, uiLocales: string | null) {
  const value = toFlashValue(form, false);
  const path = addUiLocales(toFormPath(form, value.attempt), uiLocales);
  return { cookie: await sealBrowserFlash(flash, value, browserId), path };
}

function toFlashValue(form: Parameters, failed: boolean): z.output<typeof loginFlashSchema> {
  const identifier = (form.get("identifier") ?? "").slice(0, 254);
  return { attempt: randomToken().slice(0, 16), identifier, failed };
}

function toFormPath(form: Parameters, attempt: string): string {
  const authorizationRequest = readAuthorizationRequestId(form);
  const next = toLocalPath(form.get("next"));
  const query = new URLSearchParams({ attempt });
  if (authorizationRequest) query.set("authorization_request", authorizationRequest);
  if (next) query.set("next", next);
  return `/login?${query}`;
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
