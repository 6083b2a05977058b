import "server-only";
import { currentTime } from "@/lib/clock";
import { UnavailableError } from "@/lib/failures";
import { log } from "@/lib/log";
import { getBrowserId } from "./browser";
import { requestCookies } from "./request-cookies";
import { openSealedToken, readSealedToken } from "./session-cookie";
import { type CurrentSession, findSession } from "./session-store";

interface LookUp {
  /** What the browser had to show; signing in or out changes it within a request. */
  shown: string;
  session: Promise<CurrentSession | null>;
}

/** By request, which is what Next.js makes a cookie store for. */
const lookUps = new WeakMap<object, LookUp>();

/**
 * Who is signed in at this browser, looked up once per request; null for nobody. Throws `UnavailableError` if it can't
 * be looked up: that is not known to be nobody.
 */
export async function getCurrentSession(): Promise<CurrentSession | null> {
  const [sealed, browserId, request] = [await readSealedToken(), await getBrowserId(), await requestCookies()];
  if (sealed === "" || browserId === "") return null;
  const shown = `${browserId} ${sealed}`;
  const known = lookUps.get(request);
  if (known?.shown === shown) return known.session;
  const session = lookUp(sealed, browserId);
  lookUps.set(request, { shown, session });
  return session;
}

async function lookUp(sealed: string, browserId: string): Promise<CurrentSession | null> {
  const token = await openSealedToken(sealed);
  if (token === null) return null;
  try {
    return await findSession(token, browserId, currentTime());
  } catch (error) {
    logOutage(error);
    throw new UnavailableError("The session could not be looked up.", { cause: error });
  }
}

/** Milliseconds between two log lines of one outage, which every request notices. */
const quietPeriod = 10_000;
let loggedAt = Number.NEGATIVE_INFINITY;
let unlogged = 0;

function logOutage(error: unknown): void {
  const now = performance.now();
  if (now - loggedAt < quietPeriod) {
    unlogged += 1;
    return;
  }
  log().error({ err: error, unlogged }, "sessions can't be looked up: requests are answered with 503");
  loggedAt = now;
  unlogged = 0;
}
