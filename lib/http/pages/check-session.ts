import { createHash } from "node:crypto";
import { hostCookieName } from "@/lib/auth/cookies";
import { checkSessionScript } from "./check-session-script";

/**
 * The page of `check_session_iframe` (OpenID Connect Session Management §3.2). It contains nothing personal and answers
 * yes or no to callers that know a `session_state`, so any page may frame it. Written for old browsers.
 */
export function checkSessionResponse(): Response {
  const script = checkSessionScript(hostCookieName("state"));
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Session</title></head><body><script>${script}</script></body></html>`;
  return new Response(html, {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "public, max-age=3600",
    },
  });
}
