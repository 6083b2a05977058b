import "server-only";
import { currentTime } from "@/lib/clock";
import { UnavailableError } from "@/lib/database-errors";
import { log } from "@/lib/log";
import { getBrowserId } from "./browser";
import { requestCookies } from "./request-cookies";
import { openSealedToken, readSealedToken } from "./session-cookie";
import { type CurrentSession, findFormerSession, findSession } from "./session-store";

interface LookUp {
  /** The cookie that the browser sent; signing in or out changes it within a request. */
  shown: string;
  session: Promise<CurrentSession | null>;
}

/** Per request: Next.js creates one cookie store for each. */
const lookUps = new WeakMap<object, LookUp>();

/**
 * The session of this browser, looked up once per request; null if nobody is signed in.
 * @throws UnavailableError if the lookup fails, which doesn't mean that nobody is signed in
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

/**
 * The session if this request has looked it up already; null also if that failed. For pages that are answered because
 * the database has no time, or doesn't answer: they must not ask it something more.
 */
export async function getKnownSession(): Promise<CurrentSession | null> {
  const known = lookUps.get(await requestCookies());
  return (await known?.session.catch(() => null)) ?? null;
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

/** The id of the session that this browser still shows the token of, whether it has ended or not; null for none. */
export async function getFormerSessionId(): Promise<string | null> {
  const [token, browserId] = [await openSealedToken(await readSealedToken()), await getBrowserId()];
  return token === null || browserId === "" ? null : findFormerSession(token, browserId);
}

/** Milliseconds between log lines about one outage, because every request notices it. */
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
