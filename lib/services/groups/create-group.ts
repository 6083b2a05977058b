import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { mapUniqueViolation } from "../map-unique-violation";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { groupInput, newGroupSchema, toGroupKey } from "./group-schema";

export const nameTaken = problem("consoleProblems.groups.taken");

export const createGroupWire = { input: groupInput, output: z.strictObject({ id: z.uuid() }) } satisfies Wire;

export async function createGroup(
  context: ServiceContext,
  input: Sent<typeof createGroupWire>,
): Promise<Returned<typeof createGroupWire>> {
  requirePermission(context, "groups:write");
  const fields = parseInput(newGroupSchema, input);
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const data = { ...fields, nameKey: toGroupKey(fields.name), createdAt: at, updatedAt: at };
    const { id } = await tx.group.create({ data, select: { id: true } });
    await audit.record({ type: "group.created", at, details: { groupId: id, ...fields } });
    return { id };
  }).catch(mapUniqueViolation("name", nameTaken));
}
