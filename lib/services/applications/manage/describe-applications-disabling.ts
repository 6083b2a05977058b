import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { type ServiceContext, toRole } from "../../context";
import { parseInput } from "../../parse";
import type { Returned, Sent, Wire } from "../../wire";
import { impactCounts } from "../delete-application";
import { accessibleApplications } from "../find-application";
import { countImpact } from "./count-impact";
import { selectedApplications } from "./disable-applications";

export const describeApplicationsDisablingWire = {
  input: selectedApplications,
  output: z.strictObject({
    /** Those that would be disabled, by name. */
    applications: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
    /** How many of the selected stay as they are. */
    others: z.int(),
    ...impactCounts,
  }),
} satisfies Wire;

/** What `disableApplications` would do to those selected in a list. */
export async function describeApplicationsDisabling(
  context: ServiceContext,
  input: Sent<typeof describeApplicationsDisablingWire>,
): Promise<Returned<typeof describeApplicationsDisablingWire>> {
  const access = accessibleApplications(context, "applications:write");
  const ids = [...new Set(parseInput(selectedApplications, input).ids)];
  const takesOver = toRole(context) === "administrator" ? [{ disabledBy: "owner" as const }] : [];
  const prisma = getPrisma();
  const applications = await prisma.application.findMany({
    where: { ...access, id: { in: ids.filter(isUuid) }, OR: [{ disabledAt: null }, ...takesOver] },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const chosen = applications.map(({ id }) => id);
  const impact = await countImpact(prisma, chosen, context.now());
  return { applications, others: ids.length - applications.length, ...impact };
}
