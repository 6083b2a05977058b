import { renderSecurityTxt } from "@/lib/http/machine/security-txt";
import { serviceContext } from "@/lib/http/service-context";

/** RFC 9116. Without a contact the file doesn't exist. */
export function GET(request: Request): Response {
  const { settings, now } = serviceContext(null, request.headers);
  const { securityContact, publicUrl } = settings;
  if (securityContact === null) return new Response("Not found\n", { status: 404, headers: plainText });
  return new Response(renderSecurityTxt(securityContact, publicUrl, now()), { headers: plainText });
}

const plainText = { "Content-Type": "text/plain; charset=utf-8" };
