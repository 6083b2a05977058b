import type { Metadata } from "next";
import { getApplicationAccess } from "@/lib/services/applications/application-access";
import { can } from "@/lib/services/context";
import { ApplicationPage, type TabProps, titleOfTab } from "../_components/application-page";
import { loadApplication } from "../_components/load-application";
import { WhoMayUseItCard } from "../access/_components/who-may-use-it-card";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "people");
}

export default async function PeoplePage({ params }: TabProps) {
  const { id } = await params;
  const loaded = await loadApplication(id, "people");
  const { context, managesAllApplications } = loaded;
  const access = await getApplicationAccess(context, { id });
  return (
    <ApplicationPage loaded={loaded} current="people">
      <WhoMayUseItCard
        applicationId={id}
        access={access}
        changeable={managesAllApplications && can(context.actor, "groups:read")}
      />
    </ApplicationPage>
  );
}
