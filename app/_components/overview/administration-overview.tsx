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
import { getChecklist } from "@/lib/services/home/checklist";
import { getOverview } from "@/lib/services/home/get-overview";
import { PortalShell } from "../portal-shell";
import { ApplicationLinks } from "./application-links";
import { Checklist } from "./checklist";
import { Counts } from "./counts";
import { ServerEndpoints } from "./server-endpoints";

const shown = 4;

/** The start page of those who administer something. */
export async function AdministrationOverview({ context }: { context: ServiceContext }) {
  const t = await getTexts("overview");
  const [counts, checklist] = await Promise.all([
    getOverview(context),
    can(context.actor, "settings:write") ? getChecklist(context) : null,
  ]);
  return (
    <PortalShell current="/admin/">
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid grid-cols-1 gap-5">
        {checklist && <Checklist steps={checklist.steps} />}
        <Counts counts={counts} />
        <div className="grid grid-cols-1 gap-5 xl:grid-cols-[2fr_3fr]">
          {can(context.actor, "applications:read") && <RecentApplications context={context} />}
          <ServerEndpoints />
        </div>
      </div>
    </PortalShell>
  );
}

async function RecentApplications({ context }: { context: ServiceContext }) {
  const t = await getTexts("overview");
  const { applications } = await listApplications(context);
  const some = applications.length > 0;
  const registers = context.actor !== null && mayRegister(context.actor, context.settings);
  return (
    <Card
      title={t("applications.title")}
      flush
      actions={
        registers && (
          <ButtonLink href="/o/applications/register/" size="sm" icon={<Plus aria-hidden />}>
            {t("applications.register")}
          </ButtonLink>
        )
      }
      footer={some && <TextLink href="/o/applications/">{t("applications.all")}</TextLink>}
    >
      {some ? (
        <ApplicationLinks
          items={applications.slice(0, shown).map(({ id, name, clientType, disabled }) => ({
            id,
            href: `/o/applications/${id}/`,
            name,
            detail: t(`applications.${disabled ? "disabled" : clientType}`),
          }))}
        />
      ) : (
        <EmptyState
          title={t("applications.none.title")}
          description={registers && t("applications.none.explanation")}
        />
      )}
    </Card>
  );
}
