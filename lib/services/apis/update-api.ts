import "server-only";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { parseInput } from "../parse";
import { type ApiInput, apiSchema } from "./api-schema";
import { whereApi } from "./find-api";
import { resolveReferences } from "./resolve-references";

/** Replaces the fields of an API, for the tokens issued from now on; its identifier never changes. */
export async function updateApi(context: ServiceContext, id: string, input: ApiInput): Promise<void> {
  requirePermission(context, "apis:write");
  const where = whereApi(id);
  const fields = parseInput(apiSchema, input);
  const { resourceServers, ...columns } = fields;
  await withTransaction(context, async (tx, audit) => {
    const before = await tx.api.findUnique({
      where,
      include: { resourceServers: { select: { application: { select: { clientId: true } } } } },
    });
    if (!before) throw new NotFoundError("The API");
    const applicationIds = await resolveReferences(tx, fields);
    await tx.api.update({
      where,
      data: {
        ...columns,
        updatedAt: context.now(),
        resourceServers: { deleteMany: {}, create: applicationIds.map((applicationId) => ({ applicationId })) },
      },
      select: { id: true },
    });
    const { identifier, name, scopes, tokenFormat, accessTokenLifetime } = before;
    await audit.record({
      type: "api.updated",
      at: context.now(),
      details: {
        apiId: id,
        identifier,
        before: {
          name,
          scopes,
          tokenFormat,
          accessTokenLifetime,
          resourceServers: before.resourceServers.map(({ application }) => application.clientId),
        },
        after: fields,
      },
    });
  });
}
