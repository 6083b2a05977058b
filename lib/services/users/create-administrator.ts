import "server-only";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { insertUser, mapTakenUser, prepareUser } from "./create-user";
import type { UserInput } from "./user-schema";

/** What `npm run createsuperuser` does. Throws `ValidationError` by field. */
export async function createAdministrator(context: ServiceContext, input: UserInput): Promise<{ id: string }> {
  requirePermission(context, "users:write");
  const user = await prepareUser(input);
  return withTransaction(context, (tx, audit) => insertUser(context, tx, audit, user, true)).catch(mapTakenUser);
}
