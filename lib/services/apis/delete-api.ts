import "server-only";
import { forgetPermissions } from "../authorizations/forget-permissions";
import { requireAdministrator, type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { whereApi } from "./find-api";

/**
 * Deletes an API: nothing is issued for it any more, neither by a new request nor at refresh. Access tokens that were
 * issued for it are left to expire, as the server can't take a JWT back from those who check it themselves.
 */
export async function deleteApi(context: ServiceContext, id: string): Promise<void> {
  requireAdministrator(context);
  const where = whereApi(id);
  await withTransaction(context, async (tx, audit) => {
    const api = await tx.api.findUnique({ where, select: { identifier: true, name: true } });
    if (!api) throw new NotFoundError("The API");
    await forgetPermissions(tx, { resource: api.identifier });
    await tx.api.delete({ where, select: { id: true } });
    await audit.record({ type: "api.deleted", at: context.now(), details: { apiId: id, ...api } });
  });
}
