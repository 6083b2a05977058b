import "server-only";
import { isAdministrator, type ServiceContext, type Transaction } from "../context";
import { ValidationError } from "../errors";
import type { ApplicationFields } from "./application-schema";

interface PermittedBefore {
  skipConsent: boolean;
  redirectsBeforeSignIn?: boolean | undefined;
  allowedScopes: string[];
}

/**
 * What depends on who asks: only an administrator lets an application skip consent, have restricted scopes or
 * be redirected to before sign-in. `before`
 * is what the application has already, which its owner may keep.
 */
export async function checkPermittedFields(
  context: ServiceContext,
  tx: Pick<Transaction, "scope">,
  fields: ApplicationFields,
  before: PermittedBefore = { skipConsent: false, redirectsBeforeSignIn: false, allowedScopes: [] },
): Promise<void> {
  const known = await tx.scope.findMany({ where: { name: { in: fields.allowedScopes } } });
  const unknown = fields.allowedScopes.filter((name) => !known.some((scope) => scope.name === name));
  if (unknown.length > 0) throw new ValidationError({ allowedScopes: [`Unknown scope: ${unknown.join(", ")}.`] });
  if (isAdministrator(context)) return;
  if (fields.skipConsent && !before.skipConsent) {
    throw new ValidationError({ skipConsent: ["Only an administrator can let an application skip consent."] });
  }
  if (fields.redirectsBeforeSignIn && !before.redirectsBeforeSignIn) {
    const message = "Only an administrator can let an application be redirected to before sign-in.";
    throw new ValidationError({ redirectsBeforeSignIn: [message] });
  }
  if (known.some((scope) => scope.isRestricted && !before.allowedScopes.includes(scope.name))) {
    throw new ValidationError({ allowedScopes: ["Only an administrator can allow a restricted scope."] });
  }
}
