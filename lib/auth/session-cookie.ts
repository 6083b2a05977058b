import "server-only";
import { decode } from "next-auth/jwt";
import { deployment } from "@/lib/deployment";
import { hostCookieName } from "./cookies";
import { requestCookies } from "./request-cookies";

/** The session token as this browser sent it, sealed; empty if there is none. */
export async function readSealedToken(): Promise<string> {
  return (await requestCookies()).get(hostCookieName("session"))?.value ?? "";
}

/** The token inside; null if this server didn't seal it, or sealed it for a cookie of another name. */
export async function openSealedToken(sealed: string): Promise<string | null> {
  try {
    const content = await decode({ token: sealed, secret: deployment().authSecret, salt: hostCookieName("session") });
    return content?.sessionToken ?? null;
  } catch {
    return null;
  }
}
