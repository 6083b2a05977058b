import "server-only";
import { type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { insertUser, prepareUser, refuseTakenUser } from "../users/create-user";
import { toHashRequester } from "../users/hash-requester";
import type { UserInput } from "../users/user-schema";
import { consumeSetupLink, isSetupLinkUsable } from "./setup-link";

/** Uses the one-time link. A mistake in the input leaves the link as it was. */
export async function createFirstAdministrator(
  context: ServiceContext,
  token: string,
  input: UserInput,
): Promise<{ id: string }> {
  // Before the password is hashed: nobody without a link may make the server work.
  if (!(await isSetupLinkUsable(token))) throw new NotFoundError("This setup link");
  const user = await prepareUser(input, toHashRequester(context));
  return withTransaction(context, async (tx, audit) => {
    await consumeSetupLink(tx, token, context.now());
    return insertUser(context, tx, audit, user, true);
  }).catch(refuseTakenUser);
}
