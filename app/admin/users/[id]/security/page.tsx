import type { Metadata } from "next";
import { DeleteCard } from "@/app/o/(portal)/_components/delete-card";
import { Alert } from "@/components/ui/alert";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { userPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { AccessCard } from "../_components/access-card";
import { loadUser } from "../_components/load-user";
import { PasswordCard } from "../_components/password-card";
import { UserPage } from "../_components/user-page";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const notices = ["enabled", "disabled", "signed-out", "password-required"] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ user }, t] = [await loadUser((await params).id, "security/"), await getTexts("users")];
  return { title: t("tabs.titleOf", { tab: t("tabs.security"), name: user.name ?? user.username }) };
}

export default async function UserSecurityPage({ params, searchParams }: Props) {
  const { id } = await params;
  const loaded = await loadUser(id, "security/");
  const { user, changeable, isOwn } = loaded;
  const page = `/admin/users/${id}`;
  const rejected = (await searchParams).rejected === undefined ? null : await readFormFlash(page);
  const notice = rejected ? null : await readNotice(page, notices);
  const csrf = await getCsrfToken();
  const t = await getTexts("users");
  return (
    <UserPage loaded={loaded} current="security">
      {notice && <Alert tone="success" title={t(`security.notices.${notice}`)} announce />}
      {rejected?.fieldErrors.form && <Alert tone="danger" title={rejected.fieldErrors.form.join(" ")} announce />}
      <PasswordCard user={user} changeable={changeable} csrf={csrf} />
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
