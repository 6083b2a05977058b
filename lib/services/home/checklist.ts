import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { canSendMail } from "../mail/queue-message";
import type { Returned, Wire } from "../wire";

/** What a new installation still needs, in this order. */
export const checklistSteps = ["secondAdministrator", "firstApplication", "firstSignIn", "publicUrl", "email"] as const;

export type ChecklistStep = (typeof checklistSteps)[number];

export const getChecklistWire = {
  input: null,
  /** Null: someone has dismissed it. */
  output: z
    .strictObject({ steps: z.array(z.strictObject({ step: z.enum(checklistSteps), done: z.boolean() })) })
    .nullable(),
} satisfies Wire;

/** Of the row that says that it was dismissed. */
const notice = "checklist";

/** The steps of setting up this server, each done as soon as what it asks for is there. */
export async function getChecklist(context: ServiceContext): Promise<Returned<typeof getChecklistWire>> {
  requirePermission(context, "settings:write");
  const prisma = getPrisma();
  if (await prisma.dismissedNotice.findUnique({ where: { name: notice }, select: { name: true } })) return null;
  const [found] = await prisma.$queryRaw<Record<Exclude<ChecklistStep, "publicUrl" | "email">, boolean>[]>`
    SELECT (SELECT count(*) > 1 FROM (
             SELECT FROM users WHERE portal_role = 'administrator' AND disabled_at IS NULL LIMIT 2
           ) AS administrators) AS "secondAdministrator",
           EXISTS (SELECT FROM applications) AS "firstApplication",
           EXISTS (SELECT FROM token_families WHERE user_id IS NOT NULL)
             OR EXISTS (SELECT FROM consents) AS "firstSignIn"`;
  const configured = { publicUrl: isReachable(context.settings.publicUrl), email: canSendMail(context.settings) };
  return { steps: checklistSteps.map((step) => ({ step, done: { ...found, ...configured }[step] === true })) };
}

/** Whether other machines reach it, through TLS. */
function isReachable(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === "https:" && !/^(?:localhost|127\.|\[::1\])/.test(hostname);
}

export const dismissChecklistWire = { input: null, output: null } satisfies Wire;

/** Puts the checklist away for everyone. */
export async function dismissChecklist(context: ServiceContext): Promise<void> {
  requirePermission(context, "settings:write");
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { count } = await tx.dismissedNotice.createMany({
      data: { name: notice, dismissedAt: at },
      skipDuplicates: true,
    });
    if (count > 0) await audit.record({ type: "checklist.dismissed", at, details: {} });
  });
}
