import type { Metadata } from "next";
import { toIssuer } from "@/lib/oauth/endpoints";
import { ApplicationPage, type TabProps, titleOfTab } from "../_components/application-page";
import { EndpointsCard } from "../_components/endpoints-card";
import { loadApplication } from "../_components/load-application";
import { loadScopes } from "../_components/load-scopes";
import { QuickStartCard } from "../_components/quick-start-card";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "quickStart");
}

export default async function QuickStartPage({ params }: TabProps) {
  const loaded = await loadApplication((await params).id, "quickStart");
  const { application, context } = loaded;
  const { publicUrl } = context.settings;
  const { allowed } = await loadScopes(loaded);
  return (
    <ApplicationPage loaded={loaded} current="quickStart">
      <QuickStartCard application={application} publicUrl={publicUrl} scopes={allowed} />
      <EndpointsCard application={application} issuer={toIssuer(publicUrl)} />
    </ApplicationPage>
  );
}
