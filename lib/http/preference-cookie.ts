import { cookieAttributes } from "@/lib/auth/cookies";

export const yearInSeconds = 31_536_000;

/**
 * The `Set-Cookie` of a choice about how pages look, which is no secret and keeps its plain name; `maxAge` is in
 * seconds.
 */
export function preferenceCookie(name: string, value: string, maxAge: number): string {
  const secure = cookieAttributes().secure ? "; Secure" : "";
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}
