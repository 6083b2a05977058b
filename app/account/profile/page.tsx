import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import { getProfile } from "@/lib/services/users/get-profile";
import { submitProfile } from "../actions";
import { ProfileForm } from "./_components/profile-form";
import { toProfileValues } from "./_components/profile-values";
import { listTimeZones } from "./_components/time-zones";

export const metadata: Metadata = { title: "Your profile" };

export default async function ProfilePage() {
  const profile = await loadPage("/account/profile/", getProfile);
  return (
    <PortalShell>
      <PageHeader
        breadcrumbs={[{ label: "Your account", href: "/account/" }]}
        title="Your profile"
        description="Applications see these details only if you allow it. All of them are optional."
      />
      <ProfileForm
        action={submitProfile}
        csrf={await getCsrfToken()}
        initial={toProfileValues(profile)}
        timeZones={listTimeZones(profile.zoneinfo)}
      />
    </PortalShell>
  );
}
