import { seeOther } from "@/lib/http/responses";

/** Where password managers send users to change a password (W3C, A Well-Known URL for Changing Passwords). */
export function GET(): Response {
  return seeOther("/account#password");
}
