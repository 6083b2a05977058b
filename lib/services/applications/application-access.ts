import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { can, requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { NotFoundError, ValidationError } from "../errors";
import { parseInput } from "../parse";
import type { Described, Returned, Sent, Wire } from "../wire";
import { applicationReference, whereApplication } from "./find-application";
import { lockApplication } from "./update-application";

/** How many groups an application may be for. */
const mostGroups = 200;

const applicationAccess = z.strictObject({
  /** Only members of the groups may use it. */
  restricted: z.boolean(),
  /** By name; null for those who may not see groups. */
  groups: z.array(z.strictObject({ id: z.uuid(), name: z.string() })).nullable(),
});

export type ApplicationAccess = Described<typeof applicationAccess>;

export const getApplicationAccessWire = { input: applicationReference, output: applicationAccess } satisfies Wire;

/** Who may use an application. Its owner sees whether it is restricted, not for whom. */
export async function getApplicationAccess(
  context: ServiceContext,
  { id }: Sent<typeof getApplicationAccessWire>,
): Promise<Returned<typeof getApplicationAccessWire>> {
  const where = whereApplication(context, id, "applications:read");
  const prisma = getPrisma();
  const application = await prisma.application.findFirst({ where, select: { accessRestricted: true } });
  if (!application) throw new NotFoundError("application");
  const groups = can(context.actor, "groups:read") ? await listChosen(prisma, id) : null;
  return { restricted: application.accessRestricted, groups };
}

export const setApplicationAccessWire = {
  input: z.object({
    ...applicationReference.shape,
    restricted: z.boolean(),
    groupIds: z.array(z.string()).max(mostGroups, problem("consoleProblems.groups.most", { maximum: mostGroups })),
  }),
  output: null,
} satisfies Wire;

/**
 * Decides who may use an application. Being its owner isn't enough: they could open what an administrator has closed,
 * and would see all groups (docs/adr/0061). While it is open to everyone, the groups are kept for the next time.
 */
export async function setApplicationAccess(
  context: ServiceContext,
  input: Sent<typeof setApplicationAccessWire>,
): Promise<void> {
  requirePermission(context, "applications:write");
  requirePermission(context, "groups:read");
  const where = whereApplication(context, input.id, "applications:write");
  const { restricted, groupIds } = parseInput(setApplicationAccessWire.input, input);
  const wanted = [...new Set(groupIds)].toSorted();
  if (!wanted.every(isUuid)) throw groupGone();
  if (restricted && wanted.length === 0)
    throw new ValidationError({ groupIds: [problem("consoleProblems.groups.one")] });
  await withTransaction(context, async (tx, audit) => {
    await lockApplication(tx, where.id);
    const application = await tx.application.findFirst({ where, select: { accessRestricted: true } });
    if (!application) throw new NotFoundError("application");
    const before = await listChosen(tx, where.id);
    const groups = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name FROM groups WHERE id = ANY(${wanted}::uuid[]) ORDER BY name_key FOR KEY SHARE`;
    if (groups.length < wanted.length) throw groupGone();
    const at = context.now();
    await tx.applicationGroup.deleteMany({ where: { applicationId: where.id, groupId: { notIn: wanted } } });
    await tx.applicationGroup.createMany({
      data: wanted.map((groupId) => ({ applicationId: where.id, groupId })),
      skipDuplicates: true,
    });
    await tx.application.update({
      where: { id: where.id },
      data: { accessRestricted: restricted, updatedAt: at },
      select: { id: true },
    });
    await audit.record({
      type: "application.access_changed",
      at,
      applicationId: where.id,
      details: {
        before: { restricted: application.accessRestricted, groups: before.map(({ name }) => name) },
        after: { restricted, groups: groups.map(({ name }) => name) },
      },
    });
  });
}

function groupGone(): ValidationError {
  return new ValidationError({ groupIds: [problem("consoleProblems.groups.gone")] });
}

async function listChosen(
  client: Pick<Transaction, "applicationGroup">,
  applicationId: string,
): Promise<{ id: string; name: string }[]> {
  const chosen = await client.applicationGroup.findMany({
    where: { applicationId },
    select: { group: { select: { id: true, name: true } } },
    orderBy: { group: { nameKey: "asc" } },
  });
  return chosen.map(({ group }) => group);
}
