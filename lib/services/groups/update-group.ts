import "server-only";
import { describeChanges } from "@/lib/limits/bounded-details";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { mapUniqueViolation } from "../map-unique-violation";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { nameTaken } from "./create-group";
import { groupNotFound, lockGroup, whereGroup } from "./find-group";
import { groupChangeInput, groupChangeSchema, toGroupKey } from "./group-schema";

export const updateGroupWire = { input: groupChangeInput, output: null } satisfies Wire;

/** Applications see a new name in the tokens that they get from then on. */
export async function updateGroup(context: ServiceContext, input: Sent<typeof updateGroupWire>): Promise<void> {
  requirePermission(context, "groups:write");
  const where = whereGroup(input.id);
  const { name, description } = parseInput(groupChangeSchema, input);
  const after = { name, description };
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    await lockGroup(tx, where.id);
    const before = await tx.group.findUnique({ where, select: { name: true, description: true } });
    if (!before) throw groupNotFound();
    await tx.group.update({ where, data: { ...after, nameKey: toGroupKey(name), updatedAt: at } });
    await audit.record({
      type: "group.updated",
      at,
      details: { groupId: where.id, ...describeChanges(before, after) },
    });
  }).catch(mapUniqueViolation("name", nameTaken));
}
