import "server-only";
import { z } from "zod";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { apiInput, apiSchema } from "./api-schema";
import { apiReference, lockApi, whereApi } from "./find-api";
import { resolveReferences } from "./resolve-references";

export const updateApiWire = {
  input: z.object({ ...apiReference.shape, ...apiInput.shape }),
  output: null,
} satisfies Wire;

/** Replaces the fields of an API, for tokens issued from now on; its identifier never changes. */
export async function updateApi(context: ServiceContext, input: Sent<typeof updateApiWire>): Promise<void> {
  requirePermission(context, "apis:write");
  const { id } = input;
  const where = whereApi(id);
  const fields = parseInput(apiSchema, input);
  const { resourceServers, ...columns } = fields;
  await withTransaction(context, async (tx, audit) => {
    await lockApi(tx, where.id);
    const before = await tx.api.findUnique({
      where,
      select: {
        identifier: true,
        name: true,
        scopes: true,
        tokenFormat: true,
        accessTokenLifetime: true,
        resourceServers: { select: { application: { select: { clientId: true } } } },
      },
    });
    if (!before) throw new NotFoundError("api");
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
