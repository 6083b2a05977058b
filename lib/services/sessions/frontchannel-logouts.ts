import "server-only";
import { z } from "zod";
import type { Prisma } from "@/lib/db/client";
import { getPrisma } from "@/lib/db/prisma";
import { toSid } from "@/lib/oauth/openid/session-id";
import { toWebOrigin } from "@/lib/oauth/wire/address-host";

/** An application's page that ends its own session, and the `sid` that identifies it. */
export const frontchannelLogout = z.strictObject({ uri: z.string(), sid: z.string() });

export type FrontchannelLogout = z.output<typeof frontchannelLogout>;

/**
 * The pages of the applications that were used in this session. An address that was registered before hosts were
 * checked, and is no longer allowed, is omitted: the page's policy couldn't name it.
 */
export async function findFrontchannelLogouts(
  sessionId: string,
  client: Pick<Prisma.TransactionClient, "sessionParticipant"> = getPrisma(),
): Promise<FrontchannelLogout[]> {
  const participants = await client.sessionParticipant.findMany({
    where: { sessionId, application: { frontchannelLogoutUri: { not: null }, disabledAt: null } },
    select: { application: { select: { id: true, frontchannelLogoutUri: true } } },
    orderBy: { createdAt: "asc" },
  });
  return participants.flatMap(({ application: { id, frontchannelLogoutUri: uri } }) =>
    uri === null || toWebOrigin(uri) === null ? [] : [{ uri, sid: toSid(sessionId, id) }],
  );
}
