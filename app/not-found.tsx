import type { Metadata } from "next";
import { Suspense } from "react";
import { AuthShell } from "@/components/layout/auth-shell";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { getTexts } from "@/lib/messages/request-locale";
import { WithCode } from "./_components/with-code";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("home");
  return { title: t("notFound.title") };
}

/** Rendered along with every page in case one is missing, so it looks up only the language. */
export default async function NotFound() {
  const t = await getTexts("home");
  return (
    <AuthShell title={t("notFound.title")} description={t("notFound.explanation")}>
      <div className="grid grid-cols-1 gap-5">
        <Suspense>
          {/* For developers who try the flow before they have an application to return to. */}
          <WithCode>
            <Alert tone="info" title={t("notFound.code.title")}>
              {t("notFound.code.explanation")}
            </Alert>
          </WithCode>
        </Suspense>
        <ButtonLink href="/" block size="lg">
          {t("notFound.start")}
        </ButtonLink>
      </div>
    </AuthShell>
  );
}
