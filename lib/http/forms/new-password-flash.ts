import { z } from "zod";
import type { KnownAccount } from "@/lib/auth/known-browser";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { readAuthorizationRequestId } from "../request-ids";
import { keepUiLocales } from "../ui-locales";
import { clearFlash, readFlash, setFlash } from "./flash";
import { toLocalPath } from "./local-path";

/** The proof of a password that has to be changed, and the name that was typed, for the password manager. */
const newPasswordFlashSchema = z.object({
  userId: z.uuid(),
  passwordGeneration: z.uuid(),
  identifier: z.string(),
});

export type NewPasswordFlash = z.output<typeof newPasswordFlashSchema>;

/** Long enough to think of a password. It ends with the password that it proves. */
const flash = { name: "new-password", path: "/login/new-password", maxAge: 900, outlivesSession: true } as const;

/** Remembers in this browser alone who proved their password, and returns the address of the form for another one. */
export async function keepProvedPassword(form: Parameters, account: KnownAccount): Promise<string> {
  const { userId, passwordGeneration } = account;
  const identifier = (form.get("identifier") ?? "").slice(0, 254);
  await setFlash(flash, { userId, passwordGeneration, identifier } satisfies NewPasswordFlash);
  return toNewPasswordPath(form);
}

export async function readProvedPassword(): Promise<NewPasswordFlash | null> {
  return newPasswordFlashSchema.safeParse(await readFlash(flash)).data ?? null;
}

export async function clearProvedPassword(): Promise<void> {
  await clearFlash(flash);
}

/** The form for another password, or the sign-in, with what follows after it. */
export function toNewPasswordPath(form: Parameters, path: "/login" | "/login/new-password" = flash.path) {
  const authorizationRequest = readAuthorizationRequestId(form);
  const next = toLocalPath(form.get("next"));
  const query = new URLSearchParams();
  if (authorizationRequest) query.set("authorization_request", authorizationRequest);
  if (next) query.set("next", next);
  return keepUiLocales(query.size > 0 ? `${path}?${query}` : path);
}
