import "server-only";
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

/** The lock is for an application that makes it its default at this moment (`findDefaultApiId`). */
async function refuseDefault(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM apis WHERE id = ${id}::uuid FOR UPDATE`;
  const dependents = await nameApplications(tx, { defaultApiId: id });
  if (dependents.count === 0) return;
  const names = formatApplications(dependents);
  throw new ValidationError({ confirmedName: [`It is the default API of ${names}. Change these applications first.`] });
}

/** The applications whose default API it is: it can't be deleted before they change. */
export async function findApiDependents(context: ServiceContext, id: string): Promise<NamedApplications> {
  requirePermission(context, "apis:read");
  return nameApplications(getPrisma(), { defaultApi: whereApi(id) });
}
