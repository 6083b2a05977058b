import { z } from "zod";
import { type Flash, readFlash, setFlash } from "../forms/flash";

/** What the account page says after one of its forms. Not in the address, where anyone could write it. */
const accountNoticeSchema = z.enum(["profile-saved", "email-changed", "password-changed", "attributes-saved"]);

export type AccountNotice = z.output<typeof accountNoticeSchema>;

const flash: Flash = { name: "notice", path: "/account", maxAge: 60 };

export function setAccountNotice(notice: AccountNotice): Promise<void> {
  return setFlash(flash, notice);
}

export async function readAccountNotice(): Promise<AccountNotice | null> {
  return accountNoticeSchema.safeParse(await readFlash(flash)).data ?? null;
}
