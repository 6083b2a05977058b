import "server-only";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { UnauthenticatedError } from "../errors";
import { type FrontchannelLogout, findFrontchannelLogouts } from "./frontchannel-logouts";

/**
 * Signs out of the session in which this is asked, and leaves alone what applications got from it: that is ended by
 * `revokeSession`. `clientId` is of the application that asked for it. Returns the pages that only this browser can
 * load, read in the same transaction: nothing has ended yet if they can't be looked up.
 */
export async function signOutSession(
  context: ServiceContext,
  { clientId }: { clientId?: string | undefined } = {},
): Promise<FrontchannelLogout[]> {
  const userId = requireUser(context);
  const { sessionId } = context;
  if (!sessionId) throw new UnauthenticatedError();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const ended = await endSessions(tx, { userId, id: sessionId }, at);
    if (ended.length > 0) await audit.record({ type: "sign_out", at, userId, details: { sessionId, clientId } });
    return findFrontchannelLogouts(sessionId, tx);
  });
}
