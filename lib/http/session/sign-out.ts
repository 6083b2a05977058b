import "server-only";
import { getCurrentSession } from "@/lib/auth/current-session";
import { signOutSession } from "@/lib/services/sessions/sign-out-session";
import { serviceContext } from "../service-context";
import { dropSession } from "./session-cookie";

/**
 * Ends the session of this browser on the server, and only then drops its cookie: if it can't be looked up or ended
 * this throws, and the browser keeps it. `clientId` is of the application that asked for it. Returns the id of the
 * session; null if nobody was signed in.
 */
export async function signOut(headers: Headers, clientId?: string): Promise<string | null> {
  const session = await getCurrentSession();
  if (session) await signOutSession(serviceContext(session, headers), { clientId });
  await dropSession();
  return session?.id ?? null;
}
