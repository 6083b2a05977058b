import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { TextsProvider } from "@/components/texts/texts-provider";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { formPlaces } from "@/lib/http/forms/form-places";
import { loadPage } from "@/lib/http/load-page";
import { browserTexts } from "@/lib/messages/browser-texts";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { getProfile } from "@/lib/services/users/get-profile";
import { submitProfile } from "../actions";
import { listLanguages } from "./_components/languages";
import { ProfileForm } from "./_components/profile-form";
import { toProfileValues } from "./_components/profile-values";
import { listTimeZones } from "./_components/time-zones";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("account");
  return { title: t("profile.title") };
}

export default async function ProfilePage() {
  const profile = await loadPage("/account/profile/", getProfile);
  const [locale, t] = [await getLocale(), await getTexts("account")];
  return (
    <PortalShell>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/account/" }]}
        title={t("profile.title")}
        description={t("profile.explanation")}
      />
      <TextsProvider texts={browserTexts(locale, ["profile", "fieldProblems"])}>
        <KeptForm place={formPlaces.profile}>
          <ProfileForm
            action={submitProfile}
            csrf={await getCsrfToken()}
            initial={toProfileValues(profile)}
            languages={listLanguages(profile.locale, locale)}
            timeZones={listTimeZones(profile.zoneinfo)}
          />
        </KeptForm>
      </TextsProvider>
    </PortalShell>
  );
}
