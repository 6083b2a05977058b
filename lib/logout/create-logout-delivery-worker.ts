import "server-only";
import { currentSettings } from "@/lib/current-settings";
import { createLogoutQueue } from "@/lib/db/oauth/logout-deliveries";
import { getPrisma } from "@/lib/db/prisma";
import { log } from "@/lib/log";
import { LogoutDeliveryWorker } from "@/lib/logout/logout-delivery-worker";
import { signLogoutToken } from "@/lib/oauth/openid/logout-token";
import { oauthServer } from "@/lib/oauth-server";
import { postPublicForm } from "@/lib/outbound/post-public-form";

/**
 * The worker with this server's queue, keys and protection against private addresses. Settings are read for each
 * delivery, as administrators change them meanwhile.
 */
export function createLogoutDeliveryWorker(): LogoutDeliveryWorker {
  return new LogoutDeliveryWorker({
    queue: createLogoutQueue(getPrisma(), currentSettings),
    async deliver(delivery) {
      const fields = { logout_token: await signLogoutToken(oauthServer(), delivery) };
      await postPublicForm(delivery.uri, fields, { privateNetworks: currentSettings().outboundPrivateNetworks });
    },
    async onProblem({ clientId, attempts }, { reason, givenUp }) {
      log().warn({ clientId, attempts, reason }, givenUp ? "logout token given up" : "logout token not delivered");
    },
    onError: (error) => log().error({ err: error }, "delivering logout tokens failed"),
  });
}
