import "server-only";
import type { Transaction } from "../context";

/**
 * Removes a scope or an API from every consent, so that a later one of the same name begins without any.
 * `lib/oauth/scope/consent-entries.ts` explains the two parts of an entry.
 */
export async function forgetPermissions(
  tx: Pick<Transaction, "$executeRaw">,
  about: { scope: string } | { resource: string },
): Promise<void> {
  const [part, name] = "scope" in about ? [1, about.scope] : [2, about.resource];
  await tx.$executeRaw`
    UPDATE consents
    SET scopes = ARRAY(SELECT p FROM unnest(scopes) AS p WHERE split_part(p, ' ', ${part}::int) <> ${name})
    WHERE ${name} IN (SELECT split_part(p, ' ', ${part}::int) FROM unnest(scopes) AS p)`;
}
