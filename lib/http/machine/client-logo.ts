import type { Logo } from "@/lib/outbound/client-logos";
import { oauthErrorResponse } from "../responses";

/** A client's logo as fetched by this server; 404 if there is none, for any reason. */
export function logoResponse(logo: Logo | null): Response {
  if (!logo) return oauthErrorResponse(404, "not_found", "There is no logo of this client.");
  return new Response(new Uint8Array(logo.bytes), {
    headers: {
      "Content-Type": logo.mediaType,
      "X-Content-Type-Options": "nosniff",
      // Third-party content under our own address: an image and nothing more, wherever it is opened.
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Cache-Control": "private, max-age=3600",
    },
  });
}
