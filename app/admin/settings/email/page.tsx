import { Send } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { bdi } from "@/components/texts/rich-tags";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { canSendMail } from "@/lib/services/mail/queue-message";
import { getSettings } from "@/lib/services/settings/get-settings";
import { SettingsSection } from "../_components/settings-section";
import { type MailTest, readMailTest } from "./mail-test-flash";

const page = "/admin/settings/email";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("settings");
  return { title: t("email.title") };
}

export default async function EmailSettingsPage() {
  const { settings, mayWrite, seesMessages, isConfigured } = await loadPage(`${page}/`, async (context) => ({
    ...(await getSettings(context, { section: "email" })),
    mayWrite: can(context.actor, "settings:write"),
    seesMessages: can(context.actor, "messages:read"),
    isConfigured: canSendMail(context.settings),
  }));
  const [csrf, flash, test] = [await getCsrfToken(), await readFormFlash(page), await readMailTest()];
  const saved = await readNotice(page, ["email"]);
  const t = await getTexts("settings");
  return (
    <PortalShell current="/admin/settings/email/">
      <PageHeader
        title={t("email.title")}
        description={t("email.description")}
        actions={seesMessages && <TextLink href="/admin/messages/">{t("email.messages")}</TextLink>}
      />
      <div className="grid grid-cols-1 gap-6">
        {!isConfigured && (
          <Alert tone="info" title={t("email.missing.title")}>
            {t("email.missing.explanation")}
          </Alert>
        )}
        <SettingsSection
          section="email"
          settings={settings}
          mayWrite={mayWrite}
          csrf={csrf}
          flash={flash}
          saved={saved === "email"}
          action={`${page}/submit`}
        />
        {mayWrite && (
          <Card title={t("test.title")} description={t("test.description")}>
            <div id="test" className="grid scroll-mt-20 justify-items-start gap-4">
              {test && <TestOutcome test={test} />}
              <NativeForm action={`${page}/test/submit`} csrf={csrf}>
                <Button type="submit" icon={<Send aria-hidden />} disabled={!isConfigured}>
                  {t("test.send")}
                </Button>
              </NativeForm>
            </div>
          </Card>
        )}
      </div>
    </PortalShell>
  );
}

async function TestOutcome({ test: { outcome, recipient, problem } }: { test: MailTest }) {
  const t = await getTexts("settings");
  return (
    <Alert
      tone={outcome === "sent" ? "success" : "danger"}
      title={t.rich(`test.outcomes.${outcome}`, { recipient, bdi })}
      announce
    >
      {problem && (
        <code className="text-note break-words" lang="en">
          {problem}
        </code>
      )}
    </Alert>
  );
}
