import "server-only";
import { z } from "zod";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { UnauthenticatedError } from "../errors";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { findFrontchannelLogouts, frontchannelLogout } from "./frontchannel-logouts";

export const signOutSessionWire = {
  input: z.object({ clientId: z.string().optional() }),
  output: z.array(frontchannelLogout),
} satisfies Wire;

/**
 * Signs out of the calling session, and leaves alone what applications got from it, which `revokeSession` ends.
 * `clientId` is the application that requested it. Returns the pages that only this browser can load, read in the same
 * transaction: if they can't be looked up, nothing has ended yet.
 */
export async function signOutSession(
  context: ServiceContext,
  input: Sent<typeof signOutSessionWire> = {},
): Promise<Returned<typeof signOutSessionWire>> {
  const userId = requireUser(context);
  const { clientId } = parseInput(signOutSessionWire.input, input);
  const { sessionId } = context;
  if (!sessionId) throw new UnauthenticatedError();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const ended = await endSessions(tx, { userId, id: sessionId }, at);
    if (ended.length > 0) await audit.record({ type: "sign_out", at, userId, details: { sessionId, clientId } });
    return findFrontchannelLogouts(sessionId, tx);
  });
}
