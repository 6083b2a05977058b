import type { Metadata } from "next";
import { DangerForm, DangerPage } from "@/app/o/(portal)/_components/danger-page";
import { DeletionImpact } from "@/app/o/(portal)/_components/deletion-impact";
import { Alert } from "@/components/ui/alert";
import { TextField } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import { userPath, usersPath } from "@/lib/http/paths";
import { readOne, type SearchParams, withQuery } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { requirePermission } from "@/lib/services/context";
import { NotFoundError, ValidationError } from "@/lib/services/errors";
import { describeDisabling } from "@/lib/services/users/manage/describe-disabling";
import { readSelection, toListPath } from "../../_components/selection";
import { disabling } from "../_components/disabling";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("users");
  return { title: t("disabling.title") };
}

/** Asks why, before the users that were selected in the list are disabled. */
export default async function DisableUsersPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const ids = readSelection(readOne(params, "ids"));
  const { users, others, sessions } = await loadPage(withQuery(`${disabling.page}/`, params), async (context) => {
    requirePermission(context, "users:write");
    if (ids.length === 0) return { users: [], others: 0, sessions: 0 };
    return describeDisabling(context, { ids }).catch((error) => {
      throw error instanceof ValidationError ? new NotFoundError("user") : error;
    });
  });
  const list = toListPath(usersPath, readOne(params, "list"));
  const rejected = readOne(params, "rejected") === undefined ? null : await readFormFlash(disabling.page);
  const t = await getTexts("users");
  const count = users.length;
  const left = others > 0 && t("disabling.others", { count: others });
  return (
    <DangerPage
      current={usersPath}
      breadcrumbs={[{ label: t("title"), href: list }]}
      title={count > 0 ? t("disabling.heading", { count }) : t("disabling.title")}
      description={t("disabling.description")}
      heading={t("disabling.impact")}
      refusal={
        count === 0 && (
          <Alert tone="info" title={t("disabling.nobody")}>
            {left}
          </Alert>
        )
      }
    >
      <DeletionImpact
        items={[
          { count: t("disabling.users.count", { count }), text: t("disabling.users.text") },
          { count: t("disabling.sessions.count", { count: sessions }), text: t("disabling.sessions.text") },
        ]}
      />
      <ul aria-label={t("title")} className="flex max-h-60 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
        {users.map(({ id, username, name }) => (
          <li key={id} className="min-w-0 wrap-anywhere">
            <TextLink href={userPath(id)}>
              <bdi>{name ?? username}</bdi>
            </TextLink>
          </li>
        ))}
      </ul>
      {left && <p className="text-muted">{left}</p>}
      <DangerForm
        action={`${usersPath}bulk/submit`}
        hidden={{ action: "disable", ids: ids.join("."), list }}
        label={t("disabling.submit")}
        cancelHref={list}
      >
        <TextField
          name="reason"
          label={t("security.access.disableReason")}
          hint={t("security.access.disableReasonHint")}
          defaultValue={rejected?.values.reason}
          error={rejected?.fieldErrors.reason?.join(" ")}
          maxLength={200}
          autoComplete="off"
          optional
        />
      </DangerForm>
    </DangerPage>
  );
}
