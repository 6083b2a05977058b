import "server-only";
import { cookies } from "next/headers";
import { decode } from "next-auth/jwt";
import { currentSettings } from "@/lib/current-settings";
import { deployment } from "@/lib/deployment";
import { extendBrowserId } from "./browser";
import { keepBrowserState } from "./browser-state";
import { cookieAttributes, hostCookieName } from "./cookies";
import { signIn as seal } from "./next-auth";
import type { NewSession } from "./session-store";

/** The session's token as this browser has it, sealed; empty if it has none. */
export async function readSealedToken(): Promise<string> {
  return (await cookies()).get(hostCookieName("session"))?.value ?? "";
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

/** Gives this browser a session that is in the database already. */
export async function keepSession({ id, token }: NewSession): Promise<void> {
  await seal("credentials", { sessionToken: token, redirect: false });
  // next-auth writes `Expires` by the machine's clock; `Max-Age` is measured by the browser's (RFC 6265 §5.2.2).
  const [store, name] = [await cookies(), hostCookieName("session")];
  store.set(name, store.get(name)?.value ?? "", { ...cookieAttributes(), maxAge: currentSettings().sessionLifetime });
  await extendBrowserId();
  await keepBrowserState(id);
}

/**
 * Takes the session away from this browser. Only after it has ended in the database: a copy of the cookie would live
 * on.
 */
export async function dropSession(): Promise<void> {
  (await cookies()).set(hostCookieName("session"), "", { ...cookieAttributes(), maxAge: 0 });
  await keepBrowserState(null);
}
