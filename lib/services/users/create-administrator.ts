import "server-only";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { lockAdministrators } from "../setup/setup-link";
import type { Returned, Sent, Wire } from "../wire";
import { insertUser, mapTakenUser, prepareUser } from "./create-user";
import { userInput, userReference } from "./user-schema";

export const createAdministratorWire = { input: userInput, output: userReference } satisfies Wire;

/**
 * The use case of `npm run createsuperuser`.
 * @throws ValidationError by field
 */
export async function createAdministrator(
  context: ServiceContext,
  input: Sent<typeof createAdministratorWire>,
): Promise<Returned<typeof createAdministratorWire>> {
  requirePermission(context, "users:write");
  requirePermission(context, "roles:write");
  const user = await prepareUser(input);
  const { id } = await withTransaction(context, async (tx, audit) => {
    await lockAdministrators(tx);
    return insertUser(context, tx, audit, user, "administrator");
  }).catch(mapTakenUser);
  return { id };
}
