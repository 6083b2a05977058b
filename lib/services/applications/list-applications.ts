import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { applicationKinds, clientTypes } from "@/lib/oauth/ports/client-choices";
import type { ServiceContext } from "../context";
import { listOf, rowCount } from "../lists/list-wire";
import { inOrderOf, readList } from "../lists/read-list";
import { parseInput } from "../parse";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";
import { accessibleApplications } from "./find-application";
import { applicationList, listApplicationsInput, ownedBy, toConditions } from "./manage/application-list";
import { describeUse } from "./manage/describe-use";

export const applicationSummary = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  clientId: z.string(),
  clientType: z.enum(clientTypes),
  grantTypes: z.array(z.string()),
  disabled: z.boolean(),
  /** Then its owner can't enable it. */
  disabledByAdministrator: z.boolean(),
  /** `dynamic`: a program registered it (RFC 7591). */
  registrationSource: z.enum(["manual", "dynamic"]),
  owner: z.string().nullable(),
  createdAt: instant,
});

const applicationRow = applicationSummary.extend({
  kind: z.enum(applicationKinds).nullable(),
  lastTokenAt: instant.nullable(),
  /** Who have allowed it something, or use it; not exact: there are more. */
  people: rowCount,
});

export type ApplicationRow = Described<typeof applicationRow>;

export const listApplicationsWire = {
  input: listApplicationsInput,
  output: listOf("applications", applicationRow),
} satisfies Wire;

/** If unknown, as after a manual change in the database, it counts as an administrator's. */
export function isDisabledByAdministrator(row: { disabledAt: Date | null; disabledBy: string | null }): boolean {
  return row.disabledAt !== null && row.disabledBy !== "owner";
}

/**
 * A page of the applications that the actor may see, the newest first if nothing else is asked for. They are searched
 * by name, client ID, redirect URI and the owner's names and address.
 */
export async function listApplications(
  context: ServiceContext,
  input: Sent<typeof listApplicationsWire> = {},
): Promise<Returned<typeof listApplicationsWire>> {
  const { ownerId } = accessibleApplications(context, "applications:read");
  const asked = parseInput(listApplicationsInput, input);
  const conditions = toConditions(asked, context.now());
  if (ownerId !== undefined) conditions.push(ownedBy(ownerId));
  const { ids, ...page } = await readList(applicationList, conditions, asked);
  const [rows, useOf] = await Promise.all([
    getPrisma().application.findMany({
      where: { id: { in: ids } },
      select: {
        id: true,
        name: true,
        clientId: true,
        clientType: true,
        kind: true,
        grantTypes: true,
        disabledAt: true,
        disabledBy: true,
        registrationSource: true,
        owner: { select: { username: true } },
        createdAt: true,
      },
    }),
    describeUse(ids),
  ]);
  const applications = inOrderOf(ids, rows).map(({ disabledAt, disabledBy, owner, ...row }) => ({
    ...row,
    disabled: disabledAt !== null,
    disabledByAdministrator: isDisabledByAdministrator({ disabledAt, disabledBy }),
    owner: owner?.username ?? null,
    ...useOf(row.id),
  }));
  return { applications, ...page };
}
