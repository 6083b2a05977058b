import "server-only";
import { z } from "zod";
import { requireAdministrator, type ServiceContext, withTransaction } from "../context";
import { parseInput } from "../parse";
import { refuseTaken } from "../refuse-taken";
import { type ApiInput, apiIdentifierSchema, apiSchema } from "./api-schema";
import { resolveReferences } from "./resolve-references";

export interface NewApiInput extends ApiInput {
  identifier: string;
}

/** Makes a protected resource known, so that tokens can be asked for it (RFC 8707). Returns its id. */
export async function createApi(context: ServiceContext, input: NewApiInput): Promise<string> {
  requireAdministrator(context);
  const { identifier, resourceServers, ...columns } = parseInput(newApiSchema, input);
  return withTransaction(context, async (tx, audit) => {
    const applicationIds = await resolveReferences(tx, { scopes: columns.scopes, resourceServers });
    const { id } = await tx.api
      .create({
        data: {
          identifier,
          ...columns,
          resourceServers: { create: applicationIds.map((applicationId) => ({ applicationId })) },
        },
        select: { id: true },
      })
      .catch(refuseTaken("identifier", "There is an API with this identifier already."));
    await audit.record({
      type: "api.created",
      at: context.now(),
      details: { apiId: id, identifier, ...columns, resourceServers },
    });
    return id;
  });
}

const newApiSchema = z.object({ identifier: apiIdentifierSchema, ...apiSchema.shape });
