import "server-only";
import { z } from "zod";
import { whereNamesApi } from "@/lib/db/oauth/client-settings";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import { formatApplications, nameApplications, namedApplications } from "../applications/name-applications";
import { forgetPermissions } from "../authorizations/forget-permissions";
import { requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { NotFoundError, ValidationError } from "../errors";
import type { Returned, Sent, Wire } from "../wire";
import { apiReference, whereApi } from "./find-api";

export const deleteApiWire = { input: apiReference, output: null } satisfies Wire;

/**
 * Deletes an API: nothing is issued for it anymore, neither by a new request nor at refresh. Access tokens already
 * issued are left to expire, because the server can't revoke a JWT that others verify themselves. An application's
 * default API can't be deleted: without it, that application's tokens would be valid everywhere.
 */
export async function deleteApi(context: ServiceContext, { id }: Sent<typeof deleteApiWire>): Promise<void> {
  requirePermission(context, "apis:write");
  const where = whereApi(id);
  await withTransaction(context, async (tx, audit) => {
    const api = await tx.api.findUnique({ where, select: { identifier: true, name: true } });
    if (!api) throw new NotFoundError("api");
    await refuseDefault(tx, id);
    await forgetPermissions(tx, { resource: api.identifier });
    await tx.api.delete({ where, select: { id: true } });
    await audit.record({ type: "api.deleted", at: context.now(), details: { apiId: id, ...api } });
  });
}

/** The lock protects against an application that makes it its default at this moment (`findApiColumns`). */
async function refuseDefault(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM apis WHERE id = ${id}::uuid FOR UPDATE`;
  const dependents = await nameApplications(tx, whereNamesApi(id));
  if (dependents.count === 0) return;
  const names = formatApplications(dependents);
  throw new ValidationError({ confirmedName: [problem("consoleProblems.apis.default", { names })] });
}

const apiDeletion = z.strictObject({
  name: z.string(),
  /** Seconds; null: the server's default. */
  accessTokenLifetime: z.int().nullable(),
  /** They may no longer introspect its tokens. */
  resourceServers: namedApplications,
  /** The applications whose default API it is: they have to change before it can be deleted. */
  dependents: namedApplications,
});

export const describeApiDeletionWire = { input: apiReference, output: apiDeletion } satisfies Wire;

/** What is deleted with an API, and what prevents its deletion. */
export async function describeApiDeletion(
  context: ServiceContext,
  { id }: Sent<typeof describeApiDeletionWire>,
): Promise<Returned<typeof describeApiDeletionWire>> {
  requirePermission(context, "apis:write");
  const where = whereApi(id);
  const prisma = getPrisma();
  const api = await prisma.api.findUnique({ where, select: { name: true, accessTokenLifetime: true } });
  if (!api) throw new NotFoundError("api");
  return {
    ...api,
    resourceServers: await nameApplications(prisma, { resourceServerOf: { some: { apiId: id } } }),
    dependents: await nameApplications(prisma, whereNamesApi(id)),
  };
}
