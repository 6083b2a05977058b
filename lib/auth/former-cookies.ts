import { decode, encode } from "next-auth/jwt";
import { currentTime } from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import { deployment } from "@/lib/deployment";
import { hostCookieName, sealLifetime } from "./cookies";

/** The names that cookies had before they carried `__Host-` and the server's address (docs/adr/0035). */
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
  /**
   * Sealed for the cookie's present name; null if there was none that this server had sealed. `maxAge` is in seconds.
   */
  session: { sealed: string; maxAge: number } | null;
  state: string | null;
  /** Names that nobody needs any more. */
  obsolete: string[];
}

/**
 * What a browser that was last here before the names changed takes along, once: null if it has been here since, or
 * never. Only with the former browser id, which was `__Host-` on https already: a sibling host may still plant a former
 * session cookie.
 */
export async function moveFormerCookies(read: (name: string) => string | undefined): Promise<MovedCookies | null> {
  const former = formerCookieNames();
  const browserId = read(former.browser) ?? "";
  if (read(hostCookieName("browser")) !== undefined || !/^[A-Za-z0-9_-]{43}$/.test(browserId)) return null;
  const sealed = read(former.session) ?? "";
  const session = sealed === "" ? null : await sealAgain(sealed, former.session);
  // What this server can't open may be the session of another one on this host, which has still to move it.
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
