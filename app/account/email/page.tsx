import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getProfile } from "@/lib/services/users/get-profile";
import { EmailForm } from "./_components/email-form";

export const metadata: Metadata = { title: "Your e-mail address" };

export default async function EmailPage({ searchParams }: { searchParams: SearchParams }) {
  const { username, email } = await loadPage("/account/email/", getProfile);
  const rejected = readOne(await searchParams, "rejected") === "email" ? await readFormFlash("/account/email") : null;
  return (
    <PortalShell width="narrow">
      <PageHeader
        breadcrumbs={[{ label: "Your account", href: "/account/" }]}
        title="Your e-mail address"
        description="You can use it to sign in. Applications see it only if you allow it."
      />
      <Card title="Change it" description={<>It is {email} now.</>}>
        <EmailForm username={username} csrf={await getCsrfToken()} rejected={rejected} />
      </Card>
    </PortalShell>
  );
}
