import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { getTexts } from "@/lib/messages/request-locale";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("passwordReset");
  return { title: t("done.title") };
}

export default async function PasswordResetPage() {
  const t = await getTexts("passwordReset");
  return (
    <AuthShell title={t("done.title")} description={t("done.explanation")}>
      <ButtonLink href="/login" variant="primary" size="lg" block>
        {t("done.signIn")}
      </ButtonLink>
    </AuthShell>
  );
}
