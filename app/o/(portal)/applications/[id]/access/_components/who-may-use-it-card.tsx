import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/link";
import { applicationPath, groupPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { ApplicationAccess } from "@/lib/services/applications/application-access";
import { FoldedPart } from "../../_components/folded-part";

/** How many groups are shown before the others fold. */
const mostShown = 10;

export interface WhoMayUseItCardProps {
  applicationId: string;
  access: ApplicationAccess;
  /** Whether the user may decide it. */
  changeable: boolean;
}

/** On the page of an application: everyone, or the members of some groups. */
export async function WhoMayUseItCard({ applicationId, access, changeable }: WhoMayUseItCardProps) {
  const t = await getTexts("groups");
  const { restricted, groups } = access;
  const folded = groups?.slice(mostShown) ?? [];
  return (
    <Card
      title={t("access.title")}
      actions={
        changeable && (
          <ButtonLink size="sm" href={`${applicationPath(applicationId)}access/`}>
            {t("access.change")}
          </ButtonLink>
        )
      }
    >
      {!restricted && <p>{t("access.everyone.description")}</p>}
      {restricted && !groups && <p>{t("access.someGroups")}</p>}
      {restricted && groups && groups.length === 0 && <p>{t("access.closed.title")}</p>}
      {restricted && groups && groups.length > 0 && (
        <div className="grid gap-2">
          <p>{t("access.membersOf")}</p>
          <GroupNames groups={groups.slice(0, mostShown)} />
          {folded.length > 0 && (
            <FoldedPart label={t("access.more", { count: folded.length })}>
              <GroupNames groups={folded} />
            </FoldedPart>
          )}
        </div>
      )}
    </Card>
  );
}

function GroupNames({ groups }: { groups: readonly { id: string; name: string }[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {groups.map(({ id, name }) => (
        <li key={id} className="min-w-0 wrap-anywhere">
          <TextLink href={groupPath(id)}>
            <bdi>{name}</bdi>
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
