import { AppWindow, Check } from "lucide-react";
import type { Metadata } from "next";
import { describeRegistrant } from "@/app/_components/describe-registrant";
import { localizeAuthorizations } from "@/app/o/(portal)/authorized_tokens/_components/localize-authorizations";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { IconList } from "@/components/ui/icon-list";
import { RelativeTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { userPath } from "@/lib/http/paths";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { textsOf } from "@/lib/messages/texts";
import type { Authorization } from "@/lib/services/authorizations/list-authorizations";
import { listUserApplications } from "@/lib/services/users/manage/user-applications";
import { loadUser } from "../_components/load-user";
import { UserPage } from "../_components/user-page";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ user }, t] = [await loadUser((await params).id, "applications/"), await getTexts("users")];
  return { title: t("tabs.titleOf", { tab: t("tabs.applications"), name: user.name ?? user.username }) };
}

export default async function UserApplicationsPage({ params }: Props) {
  const { id } = await params;
  const loaded = await loadUser(id, "applications/");
  const { context, changeable } = loaded;
  const path = userPath(id, "applications/");
  const authorizations = await localizeAuthorizations(
    await loadPage(path, () => listUserApplications(context, { id })),
  );
  const notice = await readNotice(`/admin/users/${id}`, ["revoked"]);
  const csrf = await getCsrfToken();
  const t = await getTexts("users");
  return (
    <UserPage loaded={loaded} current="applications">
      {notice && <Alert tone="success" title={t("applications.revoked")} announce />}
      <Card title={t("applications.title")} description={t("applications.description")} flush>
        {authorizations.length > 0 ? (
          <ul aria-label={t("applications.title")} className="divide-y divide-line">
            {authorizations.map((authorization) => (
              <ApplicationItem
                key={authorization.applicationId}
                authorization={authorization}
                action={changeable ? `${path}submit` : null}
                csrf={csrf}
              />
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={<AppWindow aria-hidden />}
            title={t("applications.none.title")}
            description={t("applications.none.description")}
          />
        )}
      </Card>
    </UserPage>
  );
}

interface ApplicationItemProps {
  authorization: Authorization;
  /** The route that revokes it; null if the reader may not. */
  action: string | null;
  csrf: string;
}

async function ApplicationItem({ authorization, action, csrf }: ApplicationItemProps) {
  const { applicationId, name, scopes, authorizedAt, lastUsedAt, hasLiveTokens } = authorization;
  const t = await getTexts("users");
  // The words of the user's own page, in the language of these.
  const own = textsOf("authorizations", localeOf("users", await getLocale()));
  return (
    <li className="flex flex-col gap-4 px-4 py-5 sm:flex-row sm:items-start sm:px-5">
      <Avatar name={name} kind="application" />
      <div className="grid min-w-0 flex-1 gap-3">
        <div className="grid gap-0.5">
          <h3 className="flex flex-wrap items-center gap-2 font-semibold wrap-anywhere">
            <bdi>{name}</bdi>
            {hasLiveTokens && <Badge tone="info">{t("applications.live")}</Badge>}
          </h3>
          <p className="text-[0.8125rem] text-muted">{describeRegistrant(authorization, own)}</p>
        </div>
        {scopes.length > 0 ? (
          <IconList
            items={scopes.map(({ name: scope, description }) => ({
              key: scope,
              icon: <Check aria-hidden />,
              title: description,
            }))}
          />
        ) : (
          <p>{t("applications.trusted")}</p>
        )}
        <p className="text-[0.8125rem] text-muted">
          {own.rich("authorized", { time: () => <RelativeTime date={authorizedAt} /> })}
          {" · "}
          {lastUsedAt ? own.rich("lastUsed", { time: () => <RelativeTime date={lastUsedAt} /> }) : own("unused")}
        </p>
      </div>
      {action && (
        <NativeForm action={action} csrf={csrf} fields={{ application_id: applicationId }} className="grid shrink-0">
          <Button type="submit" variant="danger-quiet" aria-label={own("revokeOf", { name })}>
            {own("revoke")}
          </Button>
        </NativeForm>
      )}
    </li>
  );
}
