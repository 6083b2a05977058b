import { currentTime } from "@/lib/clock";
import { env } from "@/lib/env";
import { renderSecurityTxt } from "@/lib/http/machine/security-txt";

/** RFC 9116. Without a contact there is nothing to say, and the file is missing. */
export function GET(): Response {
  const { PUBLIC_URL, SECURITY_CONTACT } = env();
  if (!SECURITY_CONTACT) return new Response("Not found\n", { status: 404, headers: plainText });
  return new Response(renderSecurityTxt(SECURITY_CONTACT, PUBLIC_URL, currentTime()), { headers: plainText });
}

const plainText = { "Content-Type": "text/plain; charset=utf-8" };
