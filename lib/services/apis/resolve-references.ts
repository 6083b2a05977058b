import "server-only";
import { problem } from "@/lib/messages/problem";
import type { Transaction } from "../context";
import { ValidationError } from "../errors";
import type { ApiFields } from "./api-schema";

/**
 * The IDs of the applications named in the fields, which then no longer expire.
 * @throws ValidationError if a scope or a client ID doesn't exist here
 */
export async function resolveReferences(
  tx: Pick<Transaction, "scope" | "application">,
  { scopes, resourceServers }: Pick<ApiFields, "scopes" | "resourceServers">,
): Promise<string[]> {
  const known = await tx.scope.findMany({ where: { name: { in: scopes } }, select: { name: true } });
  const applications = await tx.application.findMany({
    where: { clientId: { in: resourceServers } },
    select: { id: true, clientId: true, clientType: true },
  });
  const unknownScopes = scopes.filter((name) => !known.some((scope) => scope.name === name));
  const unknownClients = resourceServers.filter((id) => !applications.some(({ clientId }) => clientId === id));
  // RFC 7662 §2.1: clients that introspect have to authenticate.
  const publicClients = applications.filter(({ clientType }) => clientType === "public");
  const problems = {
    scopes: unknownScopes.map((name) => problem("consoleProblems.scopes.unknown", { names: name })),
    resourceServers: [
      ...unknownClients.map((id) => problem("consoleProblems.apis.unknownClient", { clientId: id })),
      ...publicClients.map(({ clientId }) => problem("consoleProblems.apis.publicClient", { clientId })),
    ],
  };
  const found = Object.entries(problems).filter(([, messages]) => messages.length > 0);
  if (found.length > 0) throw new ValidationError(Object.fromEntries(found));
  const ids = applications.map(({ id }) => id);
  // An administrator has named it here, so one that registered itself no longer expires, used or not.
  await tx.application.updateMany({ where: { id: { in: ids }, expiresAt: { not: null } }, data: { expiresAt: null } });
  return ids;
}
