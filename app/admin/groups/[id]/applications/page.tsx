import { AppWindow } from "lucide-react";
import type { Metadata } from "next";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath, groupPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { getGroup } from "@/lib/services/groups/get-group";
import { GroupPage } from "../_components/group-page";
import { titleOfGroup } from "../_components/title-of-group";

export function generateMetadata(props: { params: Promise<{ id: string }> }): Promise<Metadata> {
  return titleOfGroup(props, "applications/", "applications.title");
}

export default async function GroupApplicationsPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { group, seesMembers, seesApplications, changesApplications } = await loadPage(
    `${groupPath(id)}applications/`,
    async (context) => ({
      group: await getGroup(context, { id }),
      seesMembers: can(context.actor, "users:read"),
      seesApplications: can(context.actor, "applications:read"),
      changesApplications: can(context.actor, "applications:write"),
    }),
  );
  const { applications, applicationsByName } = group;
  const hidden = applications - applicationsByName.length;
  const t = await getTexts("groups");
  return (
    <GroupPage group={group} current="applications" seesMembers={seesMembers}>
      <Card title={t("applications.heading")} description={t("applications.description")} flush>
        {applicationsByName.length === 0 ? (
          <EmptyState
            icon={<AppWindow aria-hidden />}
            title={t("applications.empty.title")}
            description={changesApplications && t("applications.empty.description")}
          />
        ) : (
          <ul className="divide-y divide-line">
            {applicationsByName.map(({ id: applicationId, name, isRestricted }) => (
              <li key={applicationId} className="flex min-h-12 items-center gap-3 px-4 py-2 sm:px-5">
                <Avatar name={name} kind="application" size="sm" />
                <span className="min-w-0 flex-1 truncate font-medium">
                  {seesApplications ? (
                    <Link href={`${applicationPath(applicationId)}access/`} className="hover:underline">
                      <bdi>{name}</bdi>
                    </Link>
                  ) : (
                    <bdi>{name}</bdi>
                  )}
                </span>
                {!isRestricted && <Badge>{t("applications.open")}</Badge>}
              </li>
            ))}
          </ul>
        )}
        {hidden > 0 && (
          <p className="border-t border-line px-4 py-2 text-note text-muted sm:px-5">
            {t("applications.more", { count: hidden })}
          </p>
        )}
      </Card>
    </GroupPage>
  );
}
