import { getTexts } from "@/lib/messages/request-locale";
import type { ApplicationDeletionImpact } from "@/lib/services/applications/delete-application";
import { DeletionImpact } from "../../../_components/deletion-impact";
import { capCount } from "./capped-count";

export interface ApplicationImpactProps {
  consequences: ApplicationDeletionImpact;
  /** Whether this is permanent or until the application is enabled again. */
  purpose: "delete" | "disable";
}

/** What ends together with an application, or is suspended with it, in numbers. */
export async function ApplicationImpact({ consequences, purpose }: ApplicationImpactProps) {
  const t = await getTexts("applications");
  const { people, activeAccessTokens, activeRefreshTokens, countLimit } = consequences;
  return (
    <DeletionImpact
      columns={3}
      items={[
        { count: t("impact.users", capCount(people, countLimit)), text: t(`impact.${purpose}.users`) },
        {
          count: t("impact.accessTokens", capCount(activeAccessTokens, countLimit)),
          text: t(`impact.${purpose}.tokens`),
        },
        {
          count: t("impact.refreshTokens", capCount(activeRefreshTokens, countLimit)),
          text: t(`impact.${purpose}.tokens`),
        },
      ]}
    />
  );
}
