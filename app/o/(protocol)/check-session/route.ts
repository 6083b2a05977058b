import { checkSessionResponse } from "@/lib/http/pages/check-session";

/** OpenID Connect Session Management §3: the frame that applications ask whether the person is still signed in. */
export function GET(): Response {
  return checkSessionResponse();
}
