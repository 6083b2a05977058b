import "server-only";
import { z } from "zod";
import { type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { beginSignedIn, type SignedIn, type SignInBrowser } from "../sessions/complete-sign-in";
import { insertUser, mapTakenUser, prepareUser } from "../users/create-user";
import { toHashRequester } from "../users/hash-requester";
import { userInput } from "../users/user-schema";
import type { Sent, Wire } from "../wire";
import { consumeSetupLink, isSetupLinkUsable } from "./setup-link";

/** The answer goes into cookies. */
export const createFirstAdministratorWire = {
  input: z.object({ token: z.string(), ...userInput.shape }),
  output: null,
} satisfies Wire;

/**
 * Uses the one-time link and signs its administrator in, in one transaction. After a validation error, or an outage,
 * the link can still be used.
 */
export async function createFirstAdministrator(
  context: ServiceContext,
  input: Sent<typeof createFirstAdministratorWire>,
  browser: SignInBrowser,
): Promise<SignedIn> {
  const { token } = input;
  // Before the password is hashed: without a link nobody may cause that work.
  if (!(await isSetupLinkUsable(token))) throw new NotFoundError("setupLink");
  const user = await prepareUser(input, toHashRequester(context));
  const previous = await browser.findPreviousSession();
  return withTransaction(context, async (tx, audit) => {
    await consumeSetupLink(tx, token, context.now());
    const { id: userId, passwordGeneration } = await insertUser(context, tx, audit, user, "administrator");
    return beginSignedIn(tx, context, {
      proofs: [{ method: "pwd", account: { userId, passwordGeneration } }],
      browserId: browser.browserId,
      previousId: previous?.id,
    });
  }).catch(mapTakenUser);
}
