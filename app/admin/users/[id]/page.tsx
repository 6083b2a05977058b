import type { Metadata } from "next";
import { Alert } from "@/components/ui/alert";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { readResetLinkFlash } from "@/lib/http/forms/reset-link-flash";
import { readTemporaryPasswordFlash } from "@/lib/http/forms/temporary-password-flash";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getUserAttributes } from "@/lib/services/attributes/user-attributes";
import { AccountFacts } from "./_components/account-facts";
import { AttributesSection } from "./_components/attributes-section";
import { FirstLinkCard } from "./_components/first-link-card";
import { loadUser } from "./_components/load-user";
import { ProfileFacts } from "./_components/profile-facts";
import { ProfileForms } from "./_components/profile-forms";
import { sectionNames } from "./_components/profile-sections";
import { TemporaryPasswordCard } from "./_components/temporary-password-card";
import { UserPage } from "./_components/user-page";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { user } = await loadUser((await params).id, "");
  return { title: user.name ?? user.username };
}

export default async function UserProfilePage({ params, searchParams }: Props) {
  const { id } = await params;
  const loaded = await loadUser(id, "");
  const { user, changeable, context } = loaded;
  const attributes = await getUserAttributes(context, { id: user.id });
  const page = `/admin/users/${id}`;
  const notice = await readNotice(page, ["created", "link-sent", "attributes", ...sectionNames]);
  const [temporaryPassword, firstLink] = [
    await readTemporaryPasswordFlash(id),
    await readResetLinkFlash(id, "first-link"),
  ];
  const saved = sectionNames.find((name) => name === notice) ?? null;
  const asked = readOne(await searchParams, "rejected");
  const rejectedSection = sectionNames.find((name) => name === asked);
  const flash = rejectedSection ? await readFormFlash(page) : null;
  const rejected = rejectedSection && flash ? { section: rejectedSection, flash } : null;
  const rejectedAttributes = asked === "attributes" ? await readFormFlash(page) : null;
  const csrf = await getCsrfToken();
  const t = await getTexts("users");
  const attributesSection = (
    <AttributesSection
      loaded={loaded}
      attributes={attributes}
      csrf={csrf}
      saved={notice === "attributes" && rejectedAttributes === null}
      rejected={rejectedAttributes}
    />
  );
  return (
    <UserPage loaded={loaded} current="profile">
      {(notice === "created" || notice === "link-sent") && (
        <Alert tone="success" title={t("created.done")} announce>
          {t(notice === "created" ? "created.chosenPassword" : "created.linkSent")}
        </Alert>
      )}
      {firstLink && <FirstLinkCard user={user} link={firstLink} csrf={csrf} />}
      {temporaryPassword && <TemporaryPasswordCard user={user} password={temporaryPassword} csrf={csrf} />}
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid grid-cols-1 gap-6">
          {changeable ? (
            <ProfileForms user={user} csrf={csrf} saved={rejected ? null : saved} rejected={rejected}>
              {attributesSection}
            </ProfileForms>
          ) : (
            <ProfileFacts user={user}>{attributesSection}</ProfileFacts>
          )}
        </div>
        <AccountFacts user={user} />
      </div>
    </UserPage>
  );
}
