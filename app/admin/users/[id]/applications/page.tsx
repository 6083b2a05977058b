import { AppWindow, Check } from "lucide-react";
import type { Metadata } from "next";
import { describeRegistrant } from "@/app/_components/describe-registrant";
import { localizeAuthorizations } from "@/app/o/(portal)/authorized_tokens/_components/localize-authorizations";
import { NativeForm } from "@/components/layout/native-form";
import { FoldedList } from "@/components/list/folded-list";
import { readListQuery } from "@/components/list/list-query";
import { Alert } from "@/components/ui/alert";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { IconList } from "@/components/ui/icon-list";
import { RelativeTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { userPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { type Texts, textsOf } from "@/lib/messages/texts";
import type { Authorization } from "@/lib/services/authorizations/find-authorizations";
import { authorizationSorts } from "@/lib/services/authorizations/list-authorizations";
import { listUserApplications } from "@/lib/services/users/manage/user-applications";
import { loadUser } from "../_components/load-user";
import { UserPage } from "../_components/user-page";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const [{ user }, t] = [await loadUser((await params).id, "applications/"), await getTexts("users")];
  return { title: t("tabs.titleOf", { tab: t("tabs.applications"), name: user.name ?? user.username }) };
}

export default async function UserApplicationsPage({ params, searchParams }: Props) {
  const { id } = await params;
  const query = readListQuery(await searchParams, { sorts: authorizationSorts });
  const loaded = await loadUser(id, "applications/");
  const { context, changeable } = loaded;
  const path = userPath(id, "applications/");
  const locale = await getLocale();
  const list = await loadPage(path, () => listUserApplications(context, { ...query.input, id, locale }));
  const notice = await readNotice(`/admin/users/${id}`, ["revoked"]);
  const csrf = await getCsrfToken();
  const t = await getTexts("users");
  // The words of the user's own page, in the language of these.
  const own = textsOf("authorizations", localeOf("users", locale));
  return (
    <UserPage loaded={loaded} current="applications">
      {notice && <Alert tone="success" title={t("applications.revoked")} announce />}
      <section aria-labelledby="applications" className="grid grid-cols-1 gap-3">
        <div className="grid gap-1">
          <h2 id="applications" className="text-lead font-semibold">
            {t("applications.title")}
          </h2>
          <p className="text-muted">{t("applications.description")}</p>
        </div>
        <FoldedList
          path={path}
          query={query}
          caption={t("applications.title")}
          search={{ label: own("search") }}
          sorts={[
            { value: "", label: own("sorts.lastUsed") },
            { value: "name", label: own("sorts.name") },
            { value: "-authorized", label: own("sorts.authorized") },
          ]}
          rows={await localizeAuthorizations(list.authorizations)}
          rowKey={({ applicationId }) => applicationId}
          next={list.next}
          count={list.count}
          line={({ name, hasLiveTokens }) => (
            <>
              <Avatar name={name} kind="application" size="sm" />
              <h3 className="min-w-0 truncate font-medium">
                <bdi>{name}</bdi>
              </h3>
              {hasLiveTokens && (
                <span className="shrink-0 max-sm:hidden">
                  <Badge tone="info">{t("applications.live")}</Badge>
                </span>
              )}
            </>
          )}
          rest={(row) => <Details authorization={row} own={own} />}
          action={({ applicationId, name }) =>
            changeable && (
              <NativeForm action={`${path}submit`} csrf={csrf} fields={{ application_id: applicationId }}>
                <Button type="submit" variant="danger-quiet" size="sm" aria-label={own("revokeOf", { name })}>
                  {own("revoke")}
                </Button>
              </NativeForm>
            )
          }
          empty={
            <EmptyState
              icon={<AppWindow aria-hidden />}
              title={t("applications.none.title")}
              description={t("applications.none.description")}
            />
          }
        />
      </section>
    </UserPage>
  );
}

interface DetailsProps {
  authorization: Authorization;
  own: Texts<"authorizations">;
}

async function Details({ authorization, own }: DetailsProps) {
  const { scopes, authorizedAt, lastUsedAt } = authorization;
  const t = await getTexts("users");
  return (
    <div className="grid gap-3">
      {scopes.length > 0 ? (
        <IconList
          items={scopes.map(({ name, description }) => ({
            key: name,
            icon: <Check aria-hidden />,
            title: description,
          }))}
        />
      ) : (
        <p>{t("applications.trusted")}</p>
      )}
      <p className="text-note wrap-anywhere text-muted">
        {describeRegistrant(authorization, own)}
        <br />
        {own.rich("authorized", { time: () => <RelativeTime date={authorizedAt} /> })}
        {" · "}
        {lastUsedAt ? own.rich("lastUsed", { time: () => <RelativeTime date={lastUsedAt} /> }) : own("unused")}
      </p>
    </div>
  );
}
