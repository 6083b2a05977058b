import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { getTexts } from "@/lib/messages/request-locale";
import type { ScopeDetails } from "@/lib/services/scopes/get-scope";
import { introspectionScope } from "@/lib/services/scopes/scope-schema";
import { ApplicationNames } from "../../_components/application-names";

/** Why a scope can't be deleted, and what has to be done first. */
export async function DeletionRefused({ scope, cancelHref }: { scope: ScopeDetails; cancelHref: string }) {
  const t = await getTexts("scopes");
  const { name, dependents } = scope;
  const back = <ButtonLink href={cancelHref}>{t("deletion.refusal.back")}</ButtonLink>;
  if (name === introspectionScope) {
    return (
      <Alert tone="info" title={t("deletion.refusal.builtIn.title")} actions={back}>
        {t("deletion.refusal.builtIn.text")}
      </Alert>
    );
  }
  return (
    <Alert tone="warning" title={t("deletion.refusal.dependents.title")} actions={back}>
      <div className="grid gap-2">
        <p>{t("deletion.refusal.dependents.text", { count: dependents.count })}</p>
        <p>
          <ApplicationNames applications={dependents} subPath="update/" />
        </p>
      </div>
    </Alert>
  );
}
