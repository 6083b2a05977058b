import type { Metadata } from "next";
import { headers } from "next/headers";
import { getCurrentSession } from "@/lib/auth/current-session";
import { serviceContext } from "@/lib/http/service-context";
import { getLocale } from "@/lib/messages/request-locale";
import { findApplicationNames } from "@/lib/services/applications/client-presentation";
import { hasApplications } from "@/lib/services/applications/has-applications";
import { can, type ServiceContext } from "@/lib/services/context";
import { listLaunchableApplications } from "@/lib/services/home/list-launchable-applications";
import { hasAdministrator } from "@/lib/services/setup/has-administrator";
import { visibleNav } from "./_components/administration-nav";
import { AdministrationOverview } from "./_components/overview/administration-overview";
import { OwnHome } from "./_components/own-home";
import { PortalShell } from "./_components/portal-shell";
import { Welcome } from "./_components/welcome";

export const metadata: Metadata = { title: { absolute: "Latchkey" } };

export default async function HomePage() {
  const session = await getCurrentSession();
  if (!session) {
    return (
      <PortalShell>
        <Welcome needsAdministrator={!(await hasAdministrator())} />
      </PortalShell>
    );
  }
  const context = serviceContext(session, await headers());
  if (visibleNav((permission) => can(context.actor, permission)).length > 0) {
    return <AdministrationOverview context={context} />;
  }
  return (
    <PortalShell width="narrow">
      <OwnHome
        username={session.user.username}
        applications={await listNamed(context)}
        hasApplications={await hasApplications(context)}
      />
    </PortalShell>
  );
}

/** The names are those of the consent page. */
async function listNamed(context: ServiceContext) {
  const applications = await listLaunchableApplications(context);
  const names = await findApplicationNames(
    applications.map(({ id }) => id),
    await getLocale(),
  );
  return applications.map((application) => ({ ...application, name: names.get(application.id) ?? application.name }));
}
