import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { getTexts } from "@/lib/messages/request-locale";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("setup");
  return { title: t("invalid.documentTitle") };
}

export default async function SetupLinkNotFound() {
  const t = await getTexts("setup");
  return (
    <AuthShell title={t("invalid.title")} description={t("invalid.explanation")}>
      <div className="grid grid-cols-1 gap-5">
        <p>{t("invalid.alternative")}</p>
        <CodeBlock title={t("invalid.terminal")} code="npm run createsuperuser" />
        <ButtonLink href="/login" variant="primary" size="lg" block>
          {t("invalid.signIn")}
        </ButtonLink>
      </div>
    </AuthShell>
  );
}
