import type { Metadata } from "next";
import { readSelection, toListPath } from "@/app/admin/_components/selection";
import { Alert } from "@/components/ui/alert";
import { loadPage } from "@/lib/http/load-page";
import { registrationTokensPath } from "@/lib/http/paths";
import { readOne, type SearchParams, withQuery } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { requirePermission } from "@/lib/services/context";
import { NotFoundError, ValidationError } from "@/lib/services/errors";
import { describeTokenRevocation } from "@/lib/services/registrations/revoke-initial-access-tokens";
import { DangerForm, DangerPage } from "../../_components/danger-page";
import { DeletionImpact } from "../../_components/deletion-impact";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("initialAccessTokens");
  return { title: t("bulk.title") };
}

/** Asks before the tokens that were selected in the list are revoked. */
export default async function RevokeTokensPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const ids = readSelection(readOne(params, "ids"));
  const { tokens, registrations, others } = await loadPage(
    withQuery(`${registrationTokensPath}revoke/`, params),
    async (context) => {
      requirePermission(context, "initial_access_tokens:write");
      if (ids.length === 0) return { tokens: [], registrations: 0, others: 0 };
      return describeTokenRevocation(context, { ids }).catch((error) => {
        throw error instanceof ValidationError ? new NotFoundError("initialAccessToken") : error;
      });
    },
  );
  const list = toListPath(registrationTokensPath, readOne(params, "list"));
  const t = await getTexts("initialAccessTokens");
  const count = tokens.length;
  const left = others > 0 && t("bulk.others", { count: others });
  return (
    <DangerPage
      current={registrationTokensPath}
      breadcrumbs={[{ label: t("title"), href: list }]}
      title={count > 0 ? t("bulk.heading", { count }) : t("bulk.title")}
      description={t("bulk.description")}
      heading={t("bulk.impact")}
      refusal={
        count === 0 && (
          <Alert tone="info" title={t("bulk.none")}>
            {left}
          </Alert>
        )
      }
    >
      <DeletionImpact
        items={[
          { count: t("bulk.tokens.count", { count }), text: t("bulk.tokens.text", { count }) },
          {
            count: t("bulk.registrations.count", { count: registrations }),
            text: t("bulk.registrations.text", { count: registrations }),
          },
        ]}
      />
      <ul aria-label={t("title")} className="flex max-h-60 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
        {tokens.map(({ id, label }) => (
          <li key={id} className="min-w-0 font-medium wrap-anywhere">
            <bdi>{label}</bdi>
          </li>
        ))}
      </ul>
      {left && <p className="text-muted">{left}</p>}
      <DangerForm
        action={`${registrationTokensPath}bulk/submit`}
        hidden={{ ids: ids.join("."), list }}
        label={t("bulk.submit")}
        cancelHref={list}
      />
    </DangerPage>
  );
}
