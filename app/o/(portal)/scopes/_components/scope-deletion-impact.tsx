import { Alert } from "@/components/ui/alert";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { ScopeDetails } from "@/lib/services/scopes/get-scope";
import { sampleScopes } from "@/lib/services/scopes/scope-schema";
import { ApplicationNames } from "../../_components/application-names";
import { DeletionImpact, type Loss } from "../../_components/deletion-impact";
import { nameList } from "../../_components/name-list";

/** What is lost together with a scope. */
export async function ScopeDeletionImpact({ scope }: { scope: ScopeDetails }) {
  const t = await getTexts("scopes");
  const { name, applications, apis, isOnlyDefault } = scope;
  const emptied = apis.filter(({ isOnlyScope }) => isOnlyScope).map((api) => api.name);
  const count = apis.length;
  return (
    <>
      <DeletionImpact
        items={[
          await describeApplications(scope),
          { count: t("deletion.apis.count", { count }), text: t("deletion.apis.text", { count }) },
        ]}
      />
      {applications.count > 0 && (
        <p className="text-pretty">
          {t.rich("deletion.applications.names", { names: () => <ApplicationNames applications={applications} /> })}
        </p>
      )}
      <p className="text-pretty">{t("deletion.users")}</p>
      {isOnlyDefault && (
        <Alert tone="warning" title={t("deletion.lastDefault.title")}>
          {t("deletion.lastDefault.text")}
        </Alert>
      )}
      {emptied.length > 0 && (
        <Alert tone="warning" title={t("deletion.onlyScope.title")}>
          {t("deletion.onlyScope.text", { names: nameList(await getLocale()).format(emptied) })}
        </Alert>
      )}
      {sampleScopes.includes(name) && (
        <Alert tone="warning" title={t("deletion.sample.title")}>
          {t("deletion.sample.text")}
        </Alert>
      )}
    </>
  );
}

async function describeApplications({ applications: { count }, isRestricted }: ScopeDetails): Promise<Loss> {
  const [t, shared] = [await getTexts("scopes"), await getTexts("console")];
  if (isRestricted || count > 0) {
    return { count: shared("applications.count", { count }), text: t("deletion.applications.text", { count }) };
  }
  return { count: t("deletion.anyApplication.count"), text: t("deletion.anyApplication.text") };
}
