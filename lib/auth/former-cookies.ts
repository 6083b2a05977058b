import { decode, encode } from "next-auth/jwt";
import { currentTime } from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import { deployment } from "@/lib/deployment";
import { hostCookieName, sealLifetime } from "./cookies";

/** Cookie names from before they carried `__Host-` and the server's address (docs/adr/0035). */
export function formerCookieNames(publicUrl = currentSettings().publicUrl) {
  const isHttps = publicUrl.startsWith("https:");
  return {
    session: `${isHttps ? "__Secure-" : ""}authjs.session-token`,
    callback: `${isHttps ? "__Secure-" : ""}authjs.callback-url`,
    browser: `${isHttps ? "__Host-" : ""}latchkey.browser`,
    state: `${isHttps ? "__Host-" : ""}latchkey.state`,
  };
}

export interface MovedCookies {
  browserId: string;
  /** Sealed for the cookie's present name; null if this server sealed none. `maxAge` is in seconds. */
  session: { sealed: string; maxAge: number } | null;
  state: string | null;
  /** Names that are no longer needed. */
  obsolete: string[];
}

/**
 * Cookies to carry over, once, for a browser that was last here before the names changed; null if it has been here
 * since, or never was. This needs the former browser ID, which already was `__Host-` on https: a sibling host can still
 * plant a former session cookie.
 */
export async function moveFormerCookies(read: (name: string) => string | undefined): Promise<MovedCookies | null> {
  const former = formerCookieNames();
  const browserId = read(former.browser) ?? "";
  if (read(hostCookieName("browser")) !== undefined || !/^[A-Za-z0-9_-]{43}$/.test(browserId)) return null;
  const sealed = read(former.session) ?? "";
  const session = sealed === "" ? null : await sealAgain(sealed, former.session);
  // What this server can't open may be the session of another server on this host, which still has to move it.
  const obsolete = session || sealed === "" ? [former.session, former.callback, former.browser] : [];
  return { browserId, session, state: read(former.state) ?? null, obsolete };
}

async function sealAgain(sealed: string, formerName: string): Promise<MovedCookies["session"]> {
  const secret = deployment().authSecret;
  const content = await decode({ token: sealed, secret, salt: formerName }).catch(() => null);
  const maxAge = (content?.exp ?? 0) - Math.floor(currentTime().getTime() / 1000);
  if (!content?.sessionToken || maxAge <= 0) return null;
  const token = { sessionToken: content.sessionToken };
  return { sealed: await encode({ token, secret, salt: hostCookieName("session"), maxAge: sealLifetime }), maxAge };
}
