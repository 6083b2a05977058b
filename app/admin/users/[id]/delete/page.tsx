import type { Metadata } from "next";
import { ConfirmedDeletionForm } from "@/app/o/(portal)/_components/confirmed-deletion-form";
import { DangerPage } from "@/app/o/(portal)/_components/danger-page";
import { DeletionImpact } from "@/app/o/(portal)/_components/deletion-impact";
import { bdi } from "@/components/texts/rich-tags";
import { TextField } from "@/components/ui/field";
import { getCurrentSession } from "@/lib/auth/current-session";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import { userPath, usersPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { ForbiddenError } from "@/lib/services/errors";
import { listUserApplications } from "@/lib/services/users/manage/user-applications";
import { listUserSessions } from "@/lib/services/users/manage/user-sessions";
import { loadUser } from "../_components/load-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("users");
  return { title: t("deletion.title") };
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export default async function DeleteUserPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { rejected } = await searchParams;
  const { user, context, changeable, isOwn } = await loadUser(id, "delete/");
  const [sessions, applications] = await loadPage(userPath(id, "delete/"), () => {
    if (!changeable || isOwn) throw new ForbiddenError();
    return Promise.all([listUserSessions(context, { id }), listUserApplications(context, { id })]);
  });
  const { username, ownedApplications } = user;
  const flash = rejected === undefined ? null : await readFormFlash(`/admin/users/${id}/delete`);
  const t = await getTexts("users");
  return (
    <DangerPage
      current={usersPath}
      breadcrumbs={[
        { label: t("title"), href: usersPath },
        { label: user.name ?? username, href: userPath(id) },
      ]}
      title={t.rich("deletion.heading", { name: user.name ?? username, bdi })}
      description={t("deletion.description")}
      heading={t("deletion.impact")}
    >
      <DeletionImpact
        columns={ownedApplications > 0 ? 3 : 2}
        items={[
          { count: t("deletion.sessions.count", { count: sessions.length }), text: t("deletion.sessions.text") },
          {
            count: t("deletion.applications.count", { count: applications.count.value }),
            text: t("deletion.applications.text"),
          },
          ...(ownedApplications > 0
            ? [
                {
                  count: t("deletion.owned.count", { count: ownedApplications }),
                  text: t("deletion.owned.text"),
                },
              ]
            : []),
        ]}
      />
      <ConfirmedDeletionForm
        action={userPath(id, "delete/submit")}
        name={username}
        rejected={rejected !== undefined}
        label={t("deletion.submit")}
        cancelHref={userPath(id, "security/")}
      >
        {ownedApplications > 0 && (
          <TextField
            name="new_owner"
            label={t("deletion.newOwner", { count: ownedApplications })}
            hint={t("deletion.newOwnerHint")}
            defaultValue={flash?.values.new_owner ?? (await getCurrentSession())?.user.username}
            error={flash?.fieldErrors.newOwner?.join(" ")}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </ConfirmedDeletionForm>
    </DangerPage>
  );
}
