import type { Metadata } from "next";
import { toIssuer } from "@/lib/oauth/endpoints";
import { ApplicationPage, type TabProps, titleOfTab } from "./_components/application-page";
import { FactsCard } from "./_components/facts-card";
import { loadApplication } from "./_components/load-application";
import { TestSignInCard } from "./_components/test-sign-in-card";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "overview");
}

export default async function ApplicationOverviewPage({ params, searchParams }: TabProps) {
  const loaded = await loadApplication((await params).id, "overview");
  const { ended } = await searchParams;
  return (
    <ApplicationPage loaded={loaded} current="overview" ended={ended}>
      <TestSignInCard loaded={loaded} />
      <FactsCard application={loaded.application} issuer={toIssuer(loaded.context.settings.publicUrl)} />
    </ApplicationPage>
  );
}
