import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { AbsoluteTime } from "@/components/ui/time";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath, testSignInPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { getTestSignIn } from "@/lib/services/applications/test-sign-in/get-test-sign-in";
import { ConsentCard } from "./_components/consent-card";
import { MessageCard } from "./_components/message-card";
import { OutcomeAlert } from "./_components/outcome-alert";
import { TimingCard } from "./_components/timing-card";
import { TokensCard } from "./_components/tokens-card";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("testSignIn");
  return { title: t("title") };
}

/** What a test of a sign-in has shown. */
export default async function TestSignInResultPage({ params }: { params: Promise<{ test: string }> }) {
  const { test: id } = await params;
  const path = `${testSignInPath(id)}/result/`;
  const { application, sent, arrived, report, expiresAt } = await loadPage(path, (context) =>
    getTestSignIn(context, { id }),
  );
  const [t, applications] = [await getTexts("testSignIn"), await getTexts("applications")];
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[
          { label: applications("title"), href: "/o/applications/" },
          { label: application.name, href: applicationPath(application.id) },
        ]}
        title={t("title")}
        description={t.rich("result.kept", { time: () => <AbsoluteTime date={expiresAt} /> })}
        actions={<ButtonLink href={applicationPath(application.id, "test-sign-in/")}>{t("result.again")}</ButtonLink>}
      />
      <div className="grid grid-cols-1 gap-6">
        <OutcomeAlert arrived={arrived} report={report} />
        {report && (
          <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
            {report.granted && <ConsentCard granted={report.granted} />}
            <TimingCard legs={report.legs} />
          </div>
        )}
        {report && <TokensCard report={report} />}
        {report && <MessageCard kind="response" parameters={report.received} checks={report.checks} />}
        <MessageCard kind="request" parameters={sent} />
      </div>
    </PortalShell>
  );
}
