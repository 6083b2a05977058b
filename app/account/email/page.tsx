import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { bdi } from "@/components/texts/rich-tags";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getProfile } from "@/lib/services/users/get-profile";
import { EmailForm } from "./_components/email-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("account");
  return { title: t("email.title") };
}

export default async function EmailPage({ searchParams }: { searchParams: SearchParams }) {
  const { username, email } = await loadPage("/account/email/", getProfile);
  const rejected = readOne(await searchParams, "rejected") === "email" ? await readFormFlash("/account/email") : null;
  const t = await getTexts("account");
  return (
    <PortalShell width="narrow">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/account/" }]}
        title={t("email.title")}
        description={t("email.explanation")}
      />
      <Card title={t("email.change")} description={t.rich("email.present", { email, bdi })}>
        <EmailForm username={username} csrf={await getCsrfToken()} rejected={rejected} />
      </Card>
    </PortalShell>
  );
}
