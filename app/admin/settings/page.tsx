import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { getSettings } from "@/lib/services/settings/get-settings";
import { SettingsSection } from "./_components/settings-section";

const page = "/admin/settings";
const sections = ["lifetimes", "sessions", "registration", "operation"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("settings");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const { answers, mayWrite } = await loadPage(`${page}/`, async (context) => ({
    answers: await Promise.all(sections.map((section) => getSettings(context, { section }))),
    mayWrite: can(context.actor, "settings:write"),
  }));
  const [csrf, flash, saved] = [await getCsrfToken(), await readFormFlash(page), await readNotice(page, sections)];
  const t = await getTexts("settings");
  return (
    <PortalShell current="/admin/settings/">
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid grid-cols-1 gap-6">
        {sections.map((section, index) => (
          <SettingsSection
            key={section}
            section={section}
            settings={answers[index]?.settings ?? []}
            mayWrite={mayWrite}
            csrf={csrf}
            flash={flash?.values.section === section ? flash : null}
            saved={saved === section}
            action={`${page}/submit`}
          />
        ))}
      </div>
    </PortalShell>
  );
}
