import type { Metadata } from "next";
import { toIssuer } from "@/lib/oauth/endpoints";
import { getApplicationHealth } from "@/lib/services/applications/health/get-application-health";
import { can } from "@/lib/services/context";
import { ApplicationPage, type TabProps, titleOfTab } from "./_components/application-page";
import { FactsCard } from "./_components/facts-card";
import { HealthCard } from "./_components/health-card";
import { loadApplication } from "./_components/load-application";
import { TestSignInCard } from "./_components/test-sign-in-card";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "overview");
}

export default async function ApplicationOverviewPage({ params, searchParams }: TabProps) {
  const { id } = await params;
  const loaded = await loadApplication(id, "overview");
  const { application, context } = loaded;
  const health = await getApplicationHealth(context, { id });
  const { ended } = await searchParams;
  return (
    <ApplicationPage loaded={loaded} current="overview" ended={ended}>
      <HealthCard
        applicationId={id}
        health={health}
        ownerId={can(context.actor, "users:read") ? application.ownerId : null}
      />
      <TestSignInCard loaded={loaded} />
      <FactsCard application={application} issuer={toIssuer(context.settings.publicUrl)} />
    </ApplicationPage>
  );
}
