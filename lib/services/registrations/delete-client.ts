import "server-only";
import { digest } from "@/lib/oauth/wire/digest";
import { InvalidTokenError } from "@/lib/oauth/wire/errors";
import { reserveClientId } from "../applications/credentials/client-ids";
import { type ServiceContext, withTransaction } from "../context";
import { findRegisteredClient } from "./registered-client";

/** Deletes a client at its own request, with its secrets, codes and tokens (RFC 7592 §2.3). */
export async function deleteClient(context: ServiceContext, clientId: string, token: string | null): Promise<void> {
  const { id, settings } = await findRegisteredClient(clientId, token);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { count } = await tx.application.deleteMany({
      where: { id, registrationAccessTokenHash: digest(token ?? ""), disabledAt: null },
    });
    if (count !== 1) throw new InvalidTokenError();
    await reserveClientId(tx, clientId, { at, selfDeleted: true });
    await audit.record({
      type: "application.deleted",
      at,
      applicationId: id,
      details: { source: "dynamic", name: settings.name, clientId },
    });
  });
}
