import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PortalShell } from "@/app/_components/portal-shell";
import { Alert } from "@/components/ui/alert";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readSecretFlash } from "@/lib/http/forms/secret-flash";
import { applicationPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { toIssuer } from "@/lib/oauth/endpoints";
import { ApplicationLine } from "./application-line";
import { type ApplicationTab, tabPaths, tabsOf } from "./application-tabs";
import { type LoadedApplication, loadApplication } from "./load-application";
import { NewSecretCard } from "./new-secret-card";
import { EndedPrivilegesAlert } from "./privilege-alerts";

export interface ApplicationPageProps {
  loaded: LoadedApplication;
  current: ApplicationTab;
  /** Names of what a change has just ended, from the address. */
  ended?: string | string[] | undefined;
  children: ReactNode;
}

/** What Next.js passes to each tab. */
export interface TabProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export async function titleOfTab({ params }: Pick<TabProps, "params">, tab: ApplicationTab): Promise<Metadata> {
  const { application } = await loadApplication((await params).id, tab);
  if (tab === "overview") return { title: application.name };
  const t = await getTexts("applicationPage");
  return { title: t("tabs.titleOf", { tab: t(`tabs.${tab}`), name: application.name }) };
}

/** The frame of each tab of an application. A secret that was just created is on all of them until it is stored. */
export async function ApplicationPage({ loaded, current, ended, children }: ApplicationPageProps) {
  const { application, context, managesAllApplications } = loaded;
  const { id } = application;
  const newSecret = await readSecretFlash(id);
  const [t, tabTexts] = [await getTexts("applications"), await getTexts("applicationPage")];
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/o/applications/" }]}
        title={<bdi>{application.name}</bdi>}
        description={<ApplicationLine application={application} />}
      />
      <Tabs
        label={tabTexts("tabs.label")}
        tabs={tabsOf(application).map((tab) => ({
          href: applicationPath(id, tabPaths[tab]),
          label: tabTexts(`tabs.${tab}`),
          current: tab === current,
        }))}
      />
      <div className="grid grid-cols-1 gap-6">
        <EndedPrivilegesAlert ended={ended} />
        {application.disabled && (
          <Alert tone="warning" title={t("disabled.title")}>
            {t(
              application.disabledByAdministrator && !managesAllApplications
                ? "disabled.byAdministrator"
                : "disabled.byOwner",
            )}
          </Alert>
        )}
        {newSecret && (
          <NewSecretCard
            secret={newSecret}
            applicationName={application.name}
            clientId={application.clientId}
            issuer={toIssuer(context.settings.publicUrl)}
            tab={current}
            csrf={await getCsrfToken()}
          />
        )}
        {children}
      </div>
    </PortalShell>
  );
}
