import type { z } from "zod";
import { type Flash, readFlash, setFlash } from "@/lib/http/forms/flash";
import { sendTestMessageWire } from "@/lib/services/mail/send-test-message";

export type MailTest = z.output<(typeof sendTestMessageWire)["output"]>;

const flash: Flash = { name: "mail-test", path: "/admin/settings/email", maxAge: 60 };

/** What came of a test message, for the page that it was sent from. */
export function setMailTest(test: MailTest): Promise<void> {
  return setFlash(flash, test);
}

export async function readMailTest(): Promise<MailTest | null> {
  const test = sendTestMessageWire.output.safeParse(await readFlash(flash));
  return test.success ? test.data : null;
}
