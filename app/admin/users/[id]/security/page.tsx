import type { Metadata } from "next";
import { DeleteCard } from "@/app/o/(portal)/_components/delete-card";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { userPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { canSendMail } from "@/lib/services/mail/queue-message";
import { ResetLinkForm } from "../../_components/reset-link-form";
import { RoleForm } from "../../_components/role-form";
import { AccessCard } from "../_components/access-card";
import { loadUser } from "../_components/load-user";
import { PasswordCard } from "../_components/password-card";
import { UserPage } from "../_components/user-page";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const notices = ["enabled", "disabled", "signed-out", "password-required", "reset-link-sent"] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ user }, t] = [await loadUser((await params).id, "security/"), await getTexts("users")];
  return { title: t("tabs.titleOf", { tab: t("tabs.security"), name: user.name ?? user.username }) };
}

export default async function UserSecurityPage({ params, searchParams }: Props) {
  const { id } = await params;
  const loaded = await loadUser(id, "security/");
  const { context, user, changeable, isOwn } = loaded;
  const page = `/admin/users/${id}`;
  const { rejected: form } = await searchParams;
  const rejected = form === undefined || form === "role" ? null : await readFormFlash(page);
  const rejectedRole = form === "role" ? await readFormFlash(`${page}/security`) : null;
  const savedRole = await readNotice(`${page}/security`, ["role-saved"]);
  const notice = rejected ? null : await readNotice(page, notices);
  const csrf = await getCsrfToken();
  const t = await getTexts("users");
  return (
    <UserPage loaded={loaded} current="security">
      {notice && <Alert tone="success" title={t(`security.notices.${notice}`)} announce />}
      {rejected?.fieldErrors.form && <Alert tone="danger" title={rejected.fieldErrors.form.join(" ")} announce />}
      <PasswordCard user={user} changeable={changeable} csrf={csrf} />
      {changeable && (
        <Card title={(await getTexts("resetLinks"))("title")}>
          <ResetLinkForm
            user={{ id, username: user.username, disabled: user.disabled !== null }}
            csrf={csrf}
            canSendMail={canSendMail(context.settings)}
          />
        </Card>
      )}
      {can(context.actor, "roles:write") && (
        <RoleForm
          userId={id}
          portalRole={user.portalRole}
          csrf={csrf}
          rejected={rejectedRole}
          saved={savedRole === "role-saved"}
        />
      )}
      <AccessCard loaded={loaded} csrf={csrf} rejected={rejected} />
      {changeable && !isOwn && (
        <DeleteCard
          title={t("security.delete.title")}
          description={t("security.delete.description")}
          href={userPath(id, "delete/")}
          label={t("security.delete.label")}
        />
      )}
    </UserPage>
  );
}
