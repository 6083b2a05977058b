import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { ConnectionMark } from "@/components/layout/connection-mark";
import { bdi } from "@/components/texts/rich-tags";
import { ButtonLink } from "@/components/ui/button";
import { readDeviceAnswer } from "@/lib/http/pages/device";
import { devicePath } from "@/lib/http/paths";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getTexts } from "@/lib/messages/request-locale";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("device");
  return { title: t("done.documentTitle") };
}

export default async function DeviceDonePage() {
  const answer = await readDeviceAnswer();
  if (!answer) redirect(await keepUiLocales(devicePath));
  const t = await getTexts("device");
  const { application, decision } = answer;
  if (decision === "denied") {
    return (
      <AuthShell title={t.rich("done.refused", { application, bdi })} description={t("done.refusedNext")}>
        <ButtonLink href="/" block size="lg">
          {t("done.start")}
        </ButtonLink>
      </AuthShell>
    );
  }
  return (
    <AuthShell
      visual={<ConnectionMark name={application} />}
      title={t.rich("done.connected", { application, bdi })}
      description={t("done.connectedNext")}
    >
      <ButtonLink href="/o/authorized_tokens/" block size="lg">
        {t("done.authorizedApplications")}
      </ButtonLink>
    </AuthShell>
  );
}
