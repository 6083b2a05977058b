import type { Metadata } from "next";
import { headers } from "next/headers";
import { getCurrentSession } from "@/lib/auth/current-session";
import { serviceContext } from "@/lib/http/service-context";
import { listApplications } from "@/lib/services/applications/list-applications";
import { mayRegister } from "@/lib/services/applications/register-application";
import { listAuthorizations } from "@/lib/services/authorizations/list-authorizations";
import { can } from "@/lib/services/context";
import { hasAdministrator } from "@/lib/services/setup/has-administrator";
import { visibleNav } from "./_components/administration-nav";
import { AdministrationOverview } from "./_components/administration-overview";
import { Overview } from "./_components/overview";
import { PortalShell } from "./_components/portal-shell";
import { ServerEndpoints } from "./_components/server-endpoints";
import { Welcome } from "./_components/welcome";

export const metadata: Metadata = { title: { absolute: "Latchkey" } };

export default async function HomePage() {
  const session = await getCurrentSession();
  if (!session) {
    return (
      <PortalShell>
        <Welcome needsAdministrator={!(await hasAdministrator())} />
        <ServerEndpoints />
      </PortalShell>
    );
  }
  const context = serviceContext(session, await headers());
  if (visibleNav((permission) => can(context.actor, permission)).length > 0) {
    return <AdministrationOverview context={context} />;
  }
  const [{ applications }, authorizations] = await Promise.all([
    listApplications(context),
    listAuthorizations(context),
  ]);
  return (
    <PortalShell>
      <Overview
        username={session.user.username}
        seesAllApplications={can(context.actor, "applications:read")}
        registers={context.actor !== null && mayRegister(context.actor, context.settings)}
        applications={applications}
        authorizations={authorizations}
      />
      <ServerEndpoints />
    </PortalShell>
  );
}
