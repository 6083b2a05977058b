import type { Metadata } from "next";
import { readSelection, toListPath } from "@/app/admin/_components/selection";
import { Alert } from "@/components/ui/alert";
import { TextLink } from "@/components/ui/link";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath, applicationsPath } from "@/lib/http/paths";
import { readOne, type SearchParams, withQuery } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { describeApplicationsDisabling } from "@/lib/services/applications/manage/describe-applications-disabling";
import { requireActor } from "@/lib/services/context";
import { NotFoundError, ValidationError } from "@/lib/services/errors";
import { DangerForm, DangerPage } from "../../_components/danger-page";
import { DeletionImpact } from "../../_components/deletion-impact";
import { capCount } from "../[id]/_components/capped-count";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applicationList");
  return { title: t("disabling.title") };
}

const nothing = {
  ...{ applications: [], others: 0 },
  ...{ people: 0, activeAccessTokens: 0, activeRefreshTokens: 0, countLimit: 1 },
};

/** Shows what stops working before the applications that were selected in the list are disabled. */
export default async function DisableApplicationsPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const ids = readSelection(readOne(params, "ids"));
  const { applications, others, people, activeAccessTokens, activeRefreshTokens, countLimit } = await loadPage(
    withQuery(`${applicationsPath}disable/`, params),
    async (context) => {
      requireActor(context);
      if (ids.length === 0) return nothing;
      return describeApplicationsDisabling(context, { ids }).catch((error) => {
        throw error instanceof ValidationError ? new NotFoundError("application") : error;
      });
    },
  );
  const list = toListPath(applicationsPath, readOne(params, "list"));
  const [t, texts] = [await getTexts("applicationList"), await getTexts("applications")];
  const count = applications.length;
  const left = others > 0 && t("disabling.others", { count: others });
  const tokens = t("disabling.tokens");
  return (
    <DangerPage
      current={applicationsPath}
      breadcrumbs={[{ label: texts("title"), href: list }]}
      title={count > 0 ? t("disabling.heading", { count }) : t("disabling.title")}
      description={t("disabling.description")}
      heading={texts("disabling.impact")}
      refusal={
        count === 0 && (
          <Alert tone="info" title={t("disabling.nothing")}>
            {left}
          </Alert>
        )
      }
    >
      <DeletionImpact
        columns={3}
        items={[
          { count: texts("impact.users", capCount(people, countLimit)), text: t("disabling.users") },
          { count: texts("impact.accessTokens", capCount(activeAccessTokens, countLimit)), text: tokens },
          { count: texts("impact.refreshTokens", capCount(activeRefreshTokens, countLimit)), text: tokens },
        ]}
      />
      <ul aria-label={texts("title")} className="flex max-h-60 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
        {applications.map(({ id, name }) => (
          <li key={id} className="min-w-0 wrap-anywhere">
            <TextLink href={applicationPath(id)}>
              <bdi>{name}</bdi>
            </TextLink>
          </li>
        ))}
      </ul>
      {left && <p className="text-muted">{left}</p>}
      <DangerForm
        action={`${applicationsPath}bulk/submit`}
        hidden={{ action: "disable", ids: ids.join("."), list }}
        label={t("disabling.submit", { count })}
        cancelHref={list}
      />
    </DangerPage>
  );
}
