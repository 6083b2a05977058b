import { Plus } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { getTexts } from "@/lib/messages/request-locale";
import { listApplications } from "@/lib/services/applications/list-applications";
import { mayRegister } from "@/lib/services/applications/register-application";
import { can, type ServiceContext } from "@/lib/services/context";
import { ApplicationLinks } from "./application-links";
import { PortalShell } from "./portal-shell";
import { ServerEndpoints } from "./server-endpoints";

const shown = 5;

/** The start page of those who administer something. */
export async function AdministrationOverview({ context }: { context: ServiceContext }) {
  const t = await getTexts("overview");
  return (
    <PortalShell current="/admin/">
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid grid-cols-1 gap-5">
        {can(context.actor, "applications:read") && <RecentApplications context={context} />}
        <ServerEndpoints />
      </div>
    </PortalShell>
  );
}

async function RecentApplications({ context }: { context: ServiceContext }) {
  const t = await getTexts("overview");
  const { applications } = await listApplications(context);
  const register = context.actor && mayRegister(context.actor, context.settings) && (
    <ButtonLink href="/o/applications/register/" size="sm" icon={<Plus aria-hidden />}>
      {t("applications.register")}
    </ButtonLink>
  );
  return (
    <Card
      title={t("applications.title")}
      flush
      actions={register}
      footer={applications.length > 0 && <TextLink href="/o/applications/">{t("applications.all")}</TextLink>}
    >
      {applications.length > 0 ? (
        <ApplicationLinks
          items={applications.slice(0, shown).map(({ id, name, clientType, disabled }) => ({
            id,
            href: `/o/applications/${id}/`,
            name,
            detail: t(`applications.${disabled ? "disabled" : clientType}`),
          }))}
        />
      ) : (
        <EmptyState title={t("applications.none.title")} description={t("applications.none.explanation")} />
      )}
    </Card>
  );
}
