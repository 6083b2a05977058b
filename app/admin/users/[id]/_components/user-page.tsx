import type { ReactNode } from "react";
import { PortalShell } from "@/app/_components/portal-shell";
import { Alert } from "@/components/ui/alert";
import { Avatar } from "@/components/ui/avatar";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { userPath, usersPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { UserStatus } from "../../_components/user-status";
import type { LoadedUser } from "./load-user";

export interface UserPageProps {
  loaded: LoadedUser;
  current: "profile" | "security" | "groups" | "sessions" | "applications";
  children: ReactNode;
}

/** The frame of each tab of a user. */
export async function UserPage({ loaded: { user, context, isProtected }, current, children }: UserPageProps) {
  const t = await getTexts("users");
  const { id, name, username, email, disabled, portalRole } = user;
  const all = ["profile", "security", "groups", "sessions", "applications"] as const;
  const tabs = all.filter((tab) => tab !== "groups" || can(context.actor, "groups:read"));
  return (
    <PortalShell current={usersPath}>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: usersPath }]}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <Avatar name={name ?? username} />
            <bdi className="min-w-0 wrap-anywhere">{name ?? username}</bdi>
            <UserStatus disabled={disabled !== null} portalRole={portalRole} />
          </span>
        }
        description={
          <>
            <bdi>{username}</bdi>
            {" · "}
            <bdi>{email}</bdi>
          </>
        }
      />
      <Tabs
        label={t("tabs.label")}
        tabs={tabs.map((tab) => ({
          href: userPath(id, tab === "profile" ? "" : `${tab}/`),
          label: t(`tabs.${tab}`),
          current: tab === current,
        }))}
      />
      <div className="grid grid-cols-1 gap-6">
        {isProtected && (
          <Alert tone="info" title={t("readOnly.title")}>
            {t("readOnly.description")}
          </Alert>
        )}
        {children}
      </div>
    </PortalShell>
  );
}
