import "server-only";
import { cookies } from "next/headers";
import { getBrowserId } from "@/lib/auth/browser";
import { browserCookieAttributes, cookieAttributes, hostCookieName } from "@/lib/auth/cookies";
import type { NewSession } from "@/lib/auth/session-store";
import { currentSettings } from "@/lib/current-settings";
import { keepBrowserState } from "./browser-state";
import { signIn as seal } from "./next-auth";

/** Gives this browser a session that is already in the database. */
export async function keepSession({ id, token }: NewSession): Promise<void> {
  await seal("credentials", { sessionToken: token, redirect: false });
  // next-auth sets `Expires` by the machine's clock; `Max-Age` goes by the browser's (RFC 6265 §5.2.2).
  const [store, name] = [await cookies(), hostCookieName("session")];
  store.set(name, store.get(name)?.value ?? "", { ...cookieAttributes(), maxAge: currentSettings().sessionLifetime });
  await extendBrowserId();
  await keepBrowserState(id);
}

/**
 * Removes the session from this browser. Only after it has ended in the database: otherwise a copy of the cookie would
 * remain valid.
 */
export async function dropSession(): Promise<void> {
  (await cookies()).set(hostCookieName("session"), "", { ...cookieAttributes(), maxAge: 0 });
  await keepBrowserState(null);
}

/** Renews the browser's ID, so that it outlives the session that has just begun. */
async function extendBrowserId(): Promise<void> {
  const browserId = await getBrowserId();
  if (browserId !== "") (await cookies()).set(hostCookieName("browser"), browserId, browserCookieAttributes());
}
