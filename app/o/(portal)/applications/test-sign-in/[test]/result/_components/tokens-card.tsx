import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { getTexts } from "@/lib/messages/request-locale";
import type { TestReport } from "@/lib/services/applications/test-sign-in/test-report";
import { CheckList } from "./check-list";

/** What the token endpoint and userinfo answered: decoded, and checked. */
export async function TokensCard({ report }: { report: TestReport }) {
  const t = await getTexts("testSignIn");
  const { tokenResponse, idToken, accessToken, userinfo } = report;
  if (tokenResponse === null) return null;
  return (
    <>
      <Part title={t("tokens.idToken")}>
        {idToken ? (
          <>
            <CheckList checks={idToken.checks} />
            <CodeBlock title={t("tokens.claims")} code={idToken.claims} />
            <CodeBlock title={t("tokens.header")} code={idToken.header} />
          </>
        ) : (
          <p className="text-muted">{t("tokens.noIdToken")}</p>
        )}
      </Part>
      {userinfo && (
        <Part title={t("tokens.userinfo")} description={userinfo.signed ? t("tokens.signed") : undefined}>
          <CheckList checks={userinfo.checks} />
          <CodeBlock title={t("tokens.answer")} code={userinfo.claims} />
        </Part>
      )}
      <Part title={t("tokens.accessToken")} description={accessToken?.bound ? t("tokens.bound") : undefined}>
        {accessToken?.decoded ? (
          <>
            <CodeBlock title={t("tokens.claims")} code={accessToken.decoded.claims} />
            <CodeBlock title={t("tokens.header")} code={accessToken.decoded.header} />
          </>
        ) : (
          <p className="text-muted">{t("tokens.opaque")}</p>
        )}
      </Part>
      <Part title={t("tokens.title")} description={t("tokens.description")}>
        <CodeBlock title={t("tokens.answer")} code={tokenResponse} />
      </Part>
    </>
  );
}

function Part({ title, description, children }: { title: string; description?: string; children: ReactNode }) {
  return (
    <Card title={title} description={description}>
      <div className="grid grid-cols-1 gap-4">{children}</div>
    </Card>
  );
}
