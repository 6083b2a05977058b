import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requireUser, type ServiceContext } from "../context";
import type { Described, Returned, Wire } from "../wire";

const launchableApplication = z.strictObject({
  id: z.uuid(),
  clientId: z.string(),
  name: z.string(),
  /** Where it is opened: its launch URL, else where a sign-in can be started (OpenID Connect Core §4). */
  url: z.string(),
  /** Whether it says where its logo is. */
  hasLogo: z.boolean(),
});

export type LaunchableApplication = Described<typeof launchableApplication>;

export const listLaunchableApplicationsWire = { input: null, output: z.array(launchableApplication) } satisfies Wire;

/** More than anyone looks through. */
const most = 100;

/**
 * The applications that the signed-in user may open, by name. Anyone may be allowed to register applications, so one
 * that nobody vouches for would be a way onto the home page of everyone: it is their own, they have authorized it, or
 * someone who manages applications owns it, has registered it by command or has given it to their group
 * (docs/adr/0063). One that a program registered is never among them.
 */
export async function listLaunchableApplications(
  context: ServiceContext,
): Promise<Returned<typeof listLaunchableApplicationsWire>> {
  const userId = requireUser(context);
  return getPrisma().$queryRaw<LaunchableApplication[]>`
    SELECT a.id, a.client_id AS "clientId", a.name, COALESCE(a.launch_url, a.initiate_login_uri) AS url,
           a.metadata ? 'logo_uri' AS "hasLogo"
    FROM applications a LEFT JOIN users o ON o.id = a.owner_id
    WHERE (a.launch_url IS NOT NULL OR a.initiate_login_uri IS NOT NULL)
      AND a.disabled_at IS NULL AND a.registration_source = 'manual'
      AND (NOT a.access_restricted OR EXISTS (
        SELECT FROM application_groups ag JOIN group_members gm ON gm.group_id = ag.group_id
        WHERE ag.application_id = a.id AND gm.user_id = ${userId}::uuid))
      AND (a.owner_id IS NULL OR a.owner_id = ${userId}::uuid OR a.access_restricted
        OR o.portal_role IN ('administrator', 'application_manager')
        OR EXISTS (SELECT FROM consents c WHERE c.user_id = ${userId}::uuid AND c.application_id = a.id))
    ORDER BY lower(a.name), a.id LIMIT ${most}`;
}
