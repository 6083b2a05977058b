import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { clientTypes } from "@/lib/oauth/ports/client-choices";
import type { ServiceContext } from "../context";
import { olderThan, pageInput, pageOf, rowsForPage, toPage } from "../page";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";
import { accessibleApplications } from "./find-application";

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

export type ApplicationSummary = Described<typeof applicationSummary>;

export const listApplicationsWire = {
  input: pageInput,
  output: pageOf("applications", applicationSummary),
} satisfies Wire;

/** If unknown, as after a manual change in the database, it counts as an administrator's. */
export function isDisabledByAdministrator(row: { disabledAt: Date | null; disabledBy: string | null }): boolean {
  return row.disabledAt !== null && row.disabledBy !== "owner";
}

/** A page of the applications that the actor may see, the newest first. */
export async function listApplications(
  context: ServiceContext,
  { after }: Sent<typeof listApplicationsWire> = {},
): Promise<Returned<typeof listApplicationsWire>> {
  const rows = await getPrisma().application.findMany({
    where: { ...accessibleApplications(context, "applications:read"), ...olderThan(after) },
    orderBy: { id: "desc" },
    take: rowsForPage,
    select: {
      id: true,
      name: true,
      clientId: true,
      clientType: true,
      grantTypes: true,
      disabledAt: true,
      disabledBy: true,
      registrationSource: true,
      owner: { select: { username: true } },
      createdAt: true,
    },
  });
  const { page, next } = toPage(rows, ({ id }) => id);
  return {
    applications: page.map((row) => ({
      id: row.id,
      name: row.name,
      clientId: row.clientId,
      clientType: row.clientType,
      grantTypes: row.grantTypes,
      disabled: row.disabledAt !== null,
      disabledByAdministrator: isDisabledByAdministrator(row),
      registrationSource: row.registrationSource,
      owner: row.owner?.username ?? null,
      createdAt: row.createdAt,
    })),
    next,
  };
}
