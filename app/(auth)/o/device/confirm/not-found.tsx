import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { devicePath } from "@/lib/http/paths";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getTexts } from "@/lib/messages/request-locale";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("device");
  return { title: t("missing.title") };
}

export default async function DeviceNotFound() {
  const t = await getTexts("device");
  return (
    <AuthShell title={t("missing.title")} description={t("missing.explanation")}>
      <ButtonLink href={await keepUiLocales(devicePath)} variant="primary" size="lg" block>
        {t("missing.again")}
      </ButtonLink>
    </AuthShell>
  );
}
