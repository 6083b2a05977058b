const dayMs = 86_400_000;

/** RFC 9116 §2.5.5: less than a year away. It moves with every answer, because the contact is a live setting. */
const validDays = 90;

/** The fields of RFC 9116 §2.5, for a server at `publicUrl`. */
export function renderSecurityTxt(contact: string, publicUrl: string, now: Date): string {
  const expires = new Date(now.getTime() + validDays * dayMs).toISOString();
  const fields = [
    `Contact: ${contact}`,
    `Expires: ${expires}`,
    "Preferred-Languages: en",
    `Canonical: ${publicUrl}/.well-known/security.txt`,
  ];
  return `${fields.join("\n")}\n`;
}
