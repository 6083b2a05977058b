import type { ReadTexts } from "@/app/_components/form/use-checked-form";

/** The form's fields by their names in the HTML. */
export interface InvitationValues {
  emails: string;
  locale: string;
  expires_in_days: string;
  delivery: string;
  /** IDs. */
  group_ids: string[];
}

export function readInvitationValues(texts: ReadTexts): InvitationValues {
  const one = (name: string) => texts(name)[0] ?? "";
  return {
    emails: one("emails"),
    locale: one("locale"),
    expires_in_days: one("expires_in_days"),
    delivery: one("delivery"),
    group_ids: texts("group_ids"),
  };
}

export function toInvitationInput({ emails, locale, expires_in_days, delivery, group_ids }: InvitationValues) {
  return {
    emails: readAddresses(emails),
    locale,
    expiresInDays: Number(expires_in_days),
    delivery: delivery as "email" | "copy",
    groupIds: group_ids,
  };
}

/** Of what was pasted, one on each line or with commas, also as mail programs write it: `Ada <ada@example.com>`. */
function readAddresses(text: string): string[] {
  return text.split(/[,;\r\n]+/).flatMap((entry) => {
    const [, address] = /<([^<>]*)>\s*$/.exec(entry) ?? [];
    return address === undefined ? entry.split(/\s+/).filter((part) => part !== "") : [address];
  });
}
