import "server-only";
import { whereNamesApi } from "@/lib/db/oauth/client-settings";
import { getPrisma } from "@/lib/db/prisma";
import { formatApplications, type NamedApplications, nameApplications } from "../applications/name-applications";
import { forgetPermissions } from "../authorizations/forget-permissions";
import { requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { NotFoundError, ValidationError } from "../errors";
import { whereApi } from "./find-api";

/**
 * Deletes an API: nothing is issued for it any more, neither by a new request nor at refresh. Access tokens that were
 * issued for it are left to expire, as the server can't take a JWT back from those who check it themselves. One that is
 * an application's default stays: without it, that application's tokens would be good everywhere.
 */
export async function deleteApi(context: ServiceContext, id: string): Promise<void> {
  requirePermission(context, "apis:write");
  const where = whereApi(id);
  await withTransaction(context, async (tx, audit) => {
    const api = await tx.api.findUnique({ where, select: { identifier: true, name: true } });
    if (!api) throw new NotFoundError("The API");
    await refuseDefault(tx, id);
    await forgetPermissions(tx, { resource: api.identifier });
    await tx.api.delete({ where, select: { id: true } });
    await audit.record({ type: "api.deleted", at: context.now(), details: { apiId: id, ...api } });
  });
}

/** The lock is for an application that makes it its default at this moment (`findApiColumns`). */
async function refuseDefault(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM apis WHERE id = ${id}::uuid FOR UPDATE`;
  const dependents = await nameApplications(tx, whereNamesApi(id));
  if (dependents.count === 0) return;
  const names = formatApplications(dependents);
  throw new ValidationError({ confirmedName: [`It is the default API of ${names}. Change these applications first.`] });
}

export interface ApiDeletion {
  name: string;
  /** Seconds; null: the server's own. */
  accessTokenLifetime: number | null;
  /** They may no longer ask about tokens that are meant for it. */
  resourceServers: NamedApplications;
  /** The applications whose default API it is: it can't be deleted before they change. */
  dependents: NamedApplications;
}

/** What goes with an API, and what keeps it from going. */
export async function describeApiDeletion(context: ServiceContext, id: string): Promise<ApiDeletion> {
  requirePermission(context, "apis:write");
  const where = whereApi(id);
  const prisma = getPrisma();
  const api = await prisma.api.findUnique({ where, select: { name: true, accessTokenLifetime: true } });
  if (!api) throw new NotFoundError("The API");
  return {
    ...api,
    resourceServers: await nameApplications(prisma, { resourceServerOf: { some: { apiId: id } } }),
    dependents: await nameApplications(prisma, whereNamesApi(id)),
  };
}
