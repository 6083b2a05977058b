import type { Metadata } from "next";
import { OriginsCard, ScopesCard } from "../_components/access-card";
import { ApplicationPage, type TabProps, titleOfTab } from "../_components/application-page";
import { loadApplication } from "../_components/load-application";
import { loadScopes } from "../_components/load-scopes";
import { SettingForms } from "../_components/setting-forms";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "permissions");
}

export default async function PermissionsPage({ params }: TabProps) {
  const loaded = await loadApplication((await params).id, "permissions");
  const { application, changeable } = loaded;
  const { scopes } = await loadScopes(loaded);
  return (
    <ApplicationPage loaded={loaded} current="permissions">
      {changeable ? (
        <SettingForms loaded={loaded} sections={["permissions", "grants", "origins"]} />
      ) : (
        <>
          <ScopesCard application={application} scopes={scopes} />
          {application.allowedOrigins.length > 0 && <OriginsCard origins={application.allowedOrigins} />}
        </>
      )}
    </ApplicationPage>
  );
}
