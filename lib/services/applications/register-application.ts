import "server-only";
import { z } from "zod";
import { toSettingColumns } from "@/lib/db/oauth/client-settings";
import { toSignInKey } from "@/lib/db/user-key";
import { problem } from "@/lib/messages/problem";
import { hashSecret } from "@/lib/oauth/client/secret-schemes";
import type { HashedSecret } from "@/lib/oauth/ports/client";
import { generateClientId, generateClientSecret } from "@/lib/oauth/wire/digest";
import { isUuid } from "@/lib/oauth/wire/uuid";
import type { Settings } from "@/lib/settings";
import {
  type Actor,
  actorId,
  can,
  missingPermission,
  requireActor,
  type ServiceContext,
  type Transaction,
  withTransaction,
} from "../context";
import { ValidationError } from "../errors";
import { mapUniqueViolation } from "../map-unique-violation";
import { parseInput } from "../parse";
import { publishSigningKeys } from "../signing-keys/publish-signing-keys";
import type { Returned, Sent, Wire } from "../wire";
import { checkFetchedAddresses } from "./addresses/check-fetched-addresses";
import { checkSectorIdentifier } from "./addresses/check-sector-identifier";
import { refuseReservedClientId, toClientIdKey } from "./credentials/client-ids";
import { usesClientSecret } from "./credentials/uses-client-secret";
import { findApiColumns } from "./settings/api-settings";
import {
  applicationInput,
  applicationSchema,
  credentialsInput,
  credentialsSchema,
} from "./settings/application-schema";
import { permitFields } from "./settings/permit-fields";

export const registerApplicationWire = {
  input: applicationInput(credentialsInput.shape),
  output: z.strictObject({
    id: z.uuid(),
    clientId: z.string(),
    /** In the clear, only this once; null for a client that doesn't use one. */
    clientSecret: z.string().nullable(),
  }),
} satisfies Wire;

export type RegisteredApplication = Returned<typeof registerApplicationWire>;
export type RegistrationInput = Sent<typeof registerApplicationWire>;

/** Registers an application (RFC 6749 §2). ID and secret are generated if the input has none. */
export async function registerApplication(
  context: ServiceContext,
  input: RegistrationInput,
): Promise<RegisteredApplication> {
  requireRegistration(context);
  const fields = parseInput(
    applicationSchema({ allowHttp: context.settings.allowHttpRedirectUris, privateSchemes: "any" }),
    input,
  );
  checkFetchedAddresses(context, fields);
  const { clientId = generateClientId(), clientSecret, owner } = parseInput(credentialsSchema, input);
  const secret = usesClientSecret(fields) ? (clientSecret ?? generateClientSecret()) : null;
  await checkSectorIdentifier(context, fields);
  const registered = await withTransaction(context, async (tx, audit) => {
    const { securityProfileSetBy } = await permitFields(context, tx, fields, null);
    // Registered with an administrator's permissions, it counts as approved (RFC 9700 §4.11.2).
    const vouched = can(context.actor, "applications:grant_privileges");
    const settings = { ...fields, redirectsBeforeSignIn: fields.redirectsBeforeSignIn ?? vouched };
    const ownerId = await resolveOwner(context, tx, owner);
    const application = await tx.application
      .create({
        data: {
          ...toSettingColumns(settings),
          ...(await findApiColumns(tx, settings)),
          clientId,
          clientIdKey: toClientIdKey(clientId),
          securityProfileSetBy,
          ownerId,
          updatedAt: context.now(),
          ...(secret === null ? {} : { secrets: { create: toSecretRow(secret, "First secret") } }),
        },
        select: { id: true },
      })
      .catch(mapUniqueViolation("clientId", problem("consoleProblems.applications.clientIdTaken")));
    await refuseReservedClientId(tx, clientId, context.now());
    await audit.record({
      type: "application.registered",
      at: context.now(),
      applicationId: application.id,
      details: { clientId, ...fields },
    });
    return { id: application.id, clientId, clientSecret: secret };
  });
  await publishSigningKeys(fields);
  return registered;
}

/** @throws UnauthenticatedError, ForbiddenError if the actor may not register applications */
export function requireRegistration(context: ServiceContext): void {
  const actor = requireActor(context);
  if (mayRegister(actor, context.settings)) return;
  throw missingPermission(actor.kind === "user" ? "applications:register" : "applications:write", actor);
}

/** Who only looks at applications, such as an auditor, adds none, even if everyone else may. */
export function mayRegister(actor: Actor, { applicationRegistration }: Pick<Settings, "applicationRegistration">) {
  if (can(actor, "applications:write")) return true;
  if (actor.kind !== "user") return false;
  const onlyLooks = can(actor, "applications:read");
  return can(actor, "applications:register") || (applicationRegistration === "everyone" && !onlyLooks);
}

/** What is stored of a secret: its digest, and its last characters to tell it from others. */
export function toSecretRow(secret: string, label: string): HashedSecret & { label: string; lastFour: string } {
  return { label, ...hashSecret(secret), lastFour: secret.slice(-4) };
}

async function resolveOwner(
  context: ServiceContext,
  tx: Transaction,
  owner: string | undefined,
): Promise<string | null> {
  if (owner === undefined || !can(context.actor, "applications:write")) return actorId(context);
  const key = toSignInKey(owner) ?? "";
  const user = await tx.user.findFirst({
    where: { OR: [{ usernameKey: key }, { emailKey: key }, ...(isUuid(owner) ? [{ id: owner }] : [])] },
    select: { id: true },
  });
  if (!user) throw new ValidationError({ owner: [problem("consoleProblems.applications.owner", { owner })] });
  return user.id;
}
