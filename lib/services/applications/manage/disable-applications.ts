import "server-only";
import { z } from "zod";
import { sql } from "@/lib/db/lists/sql";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { recordForAll, type ServiceContext, type Transaction, toRole, withTransaction } from "../../context";
import { parseInput } from "../../parse";
import type { Returned, Sent, Wire } from "../../wire";
import { accessibleApplications } from "../find-application";
import { ownedBy } from "./application-list";

/** What one transaction does at most. */
const maximumSelected = 200;

export const selectedApplications = z.object({ ids: z.array(z.string()).min(1).max(maximumSelected) });

const refusals = ["not_found", "disabled_by_administrator"] as const;

type Refused = { id: string; reason: (typeof refusals)[number] }[];

const bulkReport = z.strictObject({
  changed: z.array(z.uuid()),
  /** They were like this already. */
  unchanged: z.array(z.uuid()),
  refused: z.array(z.strictObject({ id: z.string(), reason: z.enum(refusals) })),
});

export const disableApplicationsWire = { input: selectedApplications, output: bulkReport } satisfies Wire;

/**
 * Disables those selected in a list, in one transaction. It takes effect immediately. An application that registered
 * itself no longer expires after that, used or not.
 */
export async function disableApplications(
  context: ServiceContext,
  input: Sent<typeof disableApplicationsWire>,
): Promise<Returned<typeof disableApplicationsWire>> {
  const access = accessibleApplications(context, "applications:write");
  const { ids } = parseInput(selectedApplications, input);
  const disabledBy = toRole(context);
  return withTransaction(context, async (tx) => {
    const { found, missing } = await lockSelected(tx, access, ids);
    // An administrator takes over what its owner had disabled.
    const isToDo = (row: Locked) => !row.disabled || (disabledBy === "administrator" && row.disabledBy === "owner");
    const [changed, unchanged] = [found.filter(isToDo).map(toId), found.filter((row) => !isToDo(row)).map(toId)];
    const at = context.now();
    await tx.application.updateMany({
      where: { id: { in: changed } },
      data: { disabledAt: at, disabledBy, expiresAt: null, updatedAt: at },
    });
    await record(tx, context, { type: "application.disabled", ids: changed, at });
    return { changed, unchanged, refused: missing };
  });
}

export const enableApplicationsWire = { input: selectedApplications, output: bulkReport } satisfies Wire;

/** Only an administrator can enable what an administrator disabled. */
export async function enableApplications(
  context: ServiceContext,
  input: Sent<typeof enableApplicationsWire>,
): Promise<Returned<typeof enableApplicationsWire>> {
  const access = accessibleApplications(context, "applications:write");
  const { ids } = parseInput(selectedApplications, input);
  const isOwner = toRole(context) === "owner";
  return withTransaction(context, async (tx) => {
    const { found, missing } = await lockSelected(tx, access, ids);
    const isRefused = (row: Locked) => row.disabled && isOwner && row.disabledBy !== "owner";
    const changed = found.filter((row) => row.disabled && !isRefused(row)).map(toId);
    const refused: Refused = found.filter(isRefused).map(({ id }) => ({ id, reason: "disabled_by_administrator" }));
    const at = context.now();
    await tx.application.updateMany({
      where: { id: { in: changed } },
      data: { disabledAt: null, disabledBy: null, expiresAt: null, updatedAt: at },
    });
    await record(tx, context, { type: "application.enabled", ids: changed, at });
    return { changed, unchanged: found.filter((row) => !row.disabled).map(toId), refused: [...refused, ...missing] };
  });
}

interface Locked {
  id: string;
  disabled: boolean;
  disabledBy: string | null;
}

function toId({ id }: Locked): string {
  return id;
}

/** In the order of their IDs, so that two transactions that lock the same ones don't wait for each other. */
async function lockSelected(
  tx: Transaction,
  { ownerId }: { ownerId?: string },
  ids: readonly string[],
): Promise<{ found: Locked[]; missing: Refused }> {
  const asked = [...new Set(ids.map((id) => id.toLowerCase()))];
  const found = await tx.$queryRaw<Locked[]>`
    SELECT a.id, a.disabled_at IS NOT NULL AS disabled, a.disabled_by::text AS "disabledBy" FROM applications a
    WHERE a.id = ANY(${asked.filter(isUuid)}::uuid[]) AND ${ownerId === undefined ? sql`true` : ownedBy(ownerId)}
    ORDER BY a.id FOR NO KEY UPDATE`;
  const known = new Set(found.map(toId));
  return { found, missing: asked.filter((id) => !known.has(id)).map((id) => ({ id, reason: "not_found" })) };
}

interface Changed {
  type: "application.disabled" | "application.enabled";
  ids: readonly string[];
  at: Date;
}

async function record(tx: Transaction, context: ServiceContext, { type, ids, at }: Changed): Promise<void> {
  const details = { by: toRole(context) };
  await recordForAll(
    tx,
    context,
    ids.map((applicationId) => ({ type, at, applicationId, details })),
  );
}
