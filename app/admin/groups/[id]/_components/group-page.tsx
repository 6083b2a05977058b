import type { ReactNode } from "react";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader, type PageHeaderProps } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { groupPath, groupsPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";

const tabs = ["members", "applications", "settings"] as const;

export interface GroupPageProps extends Pick<PageHeaderProps, "actions"> {
  group: { id: string; name: string; description: string };
  current: (typeof tabs)[number];
  /** Whether the user may see who is in the group. */
  seesMembers: boolean;
  children: ReactNode;
}

/** One of the pages about a group. */
export async function GroupPage({ group, current, seesMembers, actions, children }: GroupPageProps) {
  const t = await getTexts("groups");
  const path = groupPath(group.id);
  const entries = {
    members: { href: `${path}members/`, label: t("members.title") },
    applications: { href: `${path}applications/`, label: t("applications.title") },
    settings: { href: path, label: t("settings.title") },
  };
  return (
    <PortalShell current={groupsPath}>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: groupsPath }]}
        title={<bdi>{group.name}</bdi>}
        description={group.description && <bdi>{group.description}</bdi>}
        actions={actions}
      />
      <Tabs
        label={t("tabs")}
        tabs={tabs
          .filter((tab) => tab !== "members" || seesMembers)
          .map((tab) => ({ ...entries[tab], current: tab === current }))}
      />
      <div className="grid grid-cols-1 gap-6">{children}</div>
    </PortalShell>
  );
}
