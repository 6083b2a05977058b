import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";

/**
 * Whether the user may use the application at this moment: it is open to everyone, or they are in one of its groups
 * (docs/adr/0061). Asked before anything is issued. Refresh tokens and access tokens come from storage with the answer.
 */
export async function mayUse(
  context: Pick<OAuthContext, "stores">,
  { id, accessRestricted }: Pick<Client, "id" | "accessRestricted">,
  userId: string,
): Promise<boolean> {
  return !accessRestricted || context.stores.groups.isChosen(userId, id);
}
