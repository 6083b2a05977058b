import "server-only";
import { z } from "zod";
import { requirePermission, type ServiceContext, withTransaction } from "../../context";
import { parseInput } from "../../parse";
import type { Returned, Sent, Wire } from "../../wire";
import { insertUser, mapTakenUser, prepareUser } from "../create-user";
import { toHashRequester } from "../hash-requester";
import { profilePatchInput, profilePatchSchema } from "../profile-schema";
import { userInput } from "../user-schema";
import { createTemporaryPassword } from "./temporary-password";

export const createUserInput = z.object({
  ...profilePatchInput.shape,
  username: userInput.shape.username,
  email: userInput.shape.email,
  emailVerified: z.boolean(),
  /** Not sent: one is created, and returned once. */
  password: userInput.shape.password.optional(),
  /** Whether the first sign-in asks for another password. Only commands on the server's machine may say no. */
  passwordChangeRequired: z.boolean().optional(),
});

export const createUserWire = {
  input: createUserInput,
  /** `temporaryPassword` is null for a password that was sent. */
  output: z.strictObject({ id: z.uuid(), temporaryPassword: z.string().nullable() }),
} satisfies Wire;

/**
 * Creates a user without a portal role. Whoever creates the account knows its password, so the user has to choose
 * another one at the first sign-in (ASVS 6.4.1).
 * @throws ValidationError by field
 */
export async function createUser(
  context: ServiceContext,
  input: Sent<typeof createUserWire>,
): Promise<Returned<typeof createUserWire>> {
  requirePermission(context, "users:write");
  const { username, email, password, emailVerified, passwordChangeRequired } = parseInput(createUserInput, input);
  const profile = parseInput(profilePatchSchema, input);
  const temporaryPassword = password === undefined ? createTemporaryPassword() : null;
  const user = await prepareUser(
    { username, email, password: password ?? temporaryPassword ?? "" },
    toHashRequester(context),
  );
  const changeRequired = context.actor?.kind !== "system" || (passwordChangeRequired ?? true);
  const { id } = await withTransaction(context, (tx, audit) =>
    insertUser(context, tx, audit, user, null, { profile, emailVerified, changeRequired }),
  ).catch(mapTakenUser);
  return { id, temporaryPassword };
}
