import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { findOtherSpelling } from "@/lib/oauth/scope/resource-identifier";
import { requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { mapUniqueViolation } from "../map-unique-violation";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { newApiInput, newApiSchema } from "./api-schema";
import { resolveReferences } from "./resolve-references";

export const createApiWire = { input: newApiInput, output: z.uuid() } satisfies Wire;

/** Registers a protected resource, so that tokens can be requested for it (RFC 8707). Returns its ID. */
export async function createApi(
  context: ServiceContext,
  input: Sent<typeof createApiWire>,
): Promise<Returned<typeof createApiWire>> {
  requirePermission(context, "apis:write");
  const { identifier, resourceServers, ...columns } = parseInput(newApiSchema, input);
  return withTransaction(context, async (tx, audit) => {
    const applicationIds = await resolveReferences(tx, { scopes: columns.scopes, resourceServers });
    // RFC 3986 §6.2.3: a request can't distinguish the two spellings of a root URL.
    const twin = findOtherSpelling(identifier);
    if (twin !== null) await refuseTwin(tx, twin);
    const { id } = await tx.api
      .create({
        data: {
          identifier,
          ...columns,
          updatedAt: context.now(),
          resourceServers: { create: applicationIds.map((applicationId) => ({ applicationId })) },
        },
        select: { id: true },
      })
      .catch(mapUniqueViolation("identifier", taken));
    await audit.record({
      type: "api.created",
      at: context.now(),
      details: { apiId: id, identifier, ...columns, resourceServers },
    });
    return id;
  });
}

/**
 * A unique key doesn't cover two spellings, so transactions that add a root URL at the same moment run one after the
 * other.
 */
async function refuseTwin(tx: Transaction, twin: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${rootIdentifiersLock})`;
  if ((await tx.api.count({ where: { identifier: twin } })) > 0) throw new ValidationError({ identifier: [taken] });
}

/** Any constant. */
const rootIdentifiersLock = 7_045_001;

const taken = problem("consoleProblems.apis.taken");
