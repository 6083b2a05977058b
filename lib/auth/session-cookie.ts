import "server-only";
import { decode } from "next-auth/jwt";
import { deployment } from "@/lib/deployment";
import { hostCookieName } from "./cookies";
import { requestCookies } from "./request-cookies";

/** The session's token as this browser has it, sealed; empty if it has none. */
export async function readSealedToken(): Promise<string> {
  return (await requestCookies()).get(hostCookieName("session"))?.value ?? "";
}

/** The token inside; null if the server didn't seal it, or not for a cookie of this name. */
export async function openSealedToken(sealed: string): Promise<string | null> {
  try {
    const content = await decode({ token: sealed, secret: deployment().authSecret, salt: hostCookieName("session") });
    return content?.sessionToken ?? null;
  } catch {
    return null;
  }
}
