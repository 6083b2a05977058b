import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { getTexts } from "@/lib/messages/request-locale";

/** Replaces a step of a sign-in that can't continue. */
export async function RequestRefused({ explanation }: { explanation: string }) {
  const t = await getTexts("login");
  return (
    <AuthShell title={t("refused.title")} description={explanation}>
      <ButtonLink href="/" block size="lg">
        {t("refused.start")}
      </ButtonLink>
    </AuthShell>
  );
}
