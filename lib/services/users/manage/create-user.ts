import "server-only";
import { z } from "zod";
import { requirePermission, type ServiceContext, withTransaction } from "../../context";
import { delivery, noMail } from "../../invitations/invitation-schema";
import { canSendMail } from "../../mail/queue-message";
import { parseInput } from "../../parse";
import { storeResetLink } from "../../password-reset/store-reset-link";
import type { Returned, Sent, Wire } from "../../wire";
import { insertAccount, insertUser, mapTakenUser, prepareUser } from "../create-user";
import { toHashRequester } from "../hash-requester";
import { profilePatchInput, profilePatchSchema } from "../profile-schema";
import { userInput, userNamesSchema } from "../user-schema";
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
  /** Instead of a password: how a link reaches the user, with which they choose one. */
  delivery: delivery.optional(),
});

export const createUserWire = {
  input: createUserInput,
  /** `temporaryPassword` is null for a password that was sent, `link` for one that wasn't asked for or is e-mailed. */
  output: z.strictObject({ id: z.uuid(), temporaryPassword: z.string().nullable(), link: z.string().nullable() }),
} satisfies Wire;

/** Seconds, as an invitation usually has: until the link is used, there is nothing in the account to take over. */
export const firstLinkLifetime = 7 * 24 * 3600;

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
  const sent = parseInput(createUserInput, input);
  const { username, email, password, emailVerified, passwordChangeRequired } = sent;
  const profile = parseInput(profilePatchSchema, input);
  if (sent.delivery !== undefined) {
    if (sent.delivery === "email" && !canSendMail(context.settings)) throw noMail();
    const names = parseInput(userNamesSchema, { username, email });
    return createWithLink(context, { ...names, profile, emailVerified }, sent.delivery);
  }
  const temporaryPassword = password === undefined ? createTemporaryPassword() : null;
  const user = await prepareUser(
    { username, email, password: password ?? temporaryPassword ?? "" },
    toHashRequester(context),
  );
  const changeRequired = context.actor?.kind !== "system" || (passwordChangeRequired ?? true);
  const { id } = await withTransaction(context, (tx, audit) =>
    insertUser(context, tx, audit, user, null, { profile, emailVerified, changeRequired }),
  ).catch(mapTakenUser);
  return { id, temporaryPassword, link: null };
}

function createWithLink(
  context: ServiceContext,
  account: Pick<Parameters<typeof insertAccount>[3], "username" | "email" | "profile" | "emailVerified">,
  chosen: z.output<typeof delivery>,
) {
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { id } = await insertAccount(tx, audit, at, { ...account, portalRole: null, password: null });
    const link = { userId: id, delivery: chosen, kind: "account_created", lifetime: firstLinkLifetime } as const;
    return { id, temporaryPassword: null, link: await storeResetLink(tx, audit, context, link) };
  }).catch(mapTakenUser);
}
