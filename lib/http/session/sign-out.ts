import "server-only";
import { getCurrentSession, getFormerSessionId } from "@/lib/auth/current-session";
import { type FrontchannelLogout, findFrontchannelLogouts } from "@/lib/services/sessions/frontchannel-logouts";
import { signOutSession } from "@/lib/services/sessions/sign-out-session";
import { serviceContext } from "../service-context";
import { dropSession } from "./session-cookie";

/** A session that has ended, and the pages of applications that only its browser can load. */
export interface EndedSession {
  id: string;
  frontchannelLogouts: FrontchannelLogout[];
}

/**
 * Ends this browser's session on the server, and only then drops its cookie: if looking it up or ending it fails, this
 * throws, and the browser keeps it. `clientId` is the application that requested it. Returns what has ended; null if
 * nobody was signed in.
 */
export async function signOut(headers: Headers, clientId?: string): Promise<EndedSession | null> {
  const session = await getCurrentSession();
  const ended = session
    ? {
        id: session.id,
        frontchannelLogouts: await signOutSession(serviceContext(session, headers), { clientId }),
      }
    : await findEndedSession();
  await dropSession();
  return ended;
}

/** The session that ended before this browser was told: by a first click, a lost answer, or from elsewhere. */
async function findEndedSession(): Promise<EndedSession | null> {
  const id = await getFormerSessionId();
  return id === null ? null : { id, frontchannelLogouts: await findFrontchannelLogouts(id) };
}
