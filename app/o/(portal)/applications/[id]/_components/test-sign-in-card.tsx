import { ExternalLink } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/link";
import { getCsrfToken } from "@/lib/auth/csrf";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { findTestCredential, findTestObstacle } from "@/lib/services/applications/test-sign-in/test-obstacle";
import type { LoadedApplication } from "./load-application";
import { loadScopes } from "./load-scopes";
import { chooseTestScopes } from "./test-scopes";

/** Starts a test of the sign-in, for those who may change the application; or says why it can't be tested here. */
export async function TestSignInCard({ loaded }: { loaded: LoadedApplication }) {
  const { application, context, changeable } = loaded;
  if (!changeable) return null;
  const t = await getTexts("testSignIn");
  const { requirePushedAuthorizationRequests: requirePushed } = context.settings;
  const obstacle = findTestObstacle(application, { requirePushed });
  if (obstacle) return <Card title={t("title")} description={t(`obstacles.${obstacle}`)} />;
  const path = applicationPath(application.id, "test-sign-in/");
  const icon = <ExternalLink aria-hidden />;
  const scopes = chooseTestScopes((await loadScopes(loaded)).allowed);
  return (
    <Card
      title={t("title")}
      description={t("card.description")}
      actions={
        findTestCredential(application) === null ? (
          <NativeForm action={`${path}submit`} csrf={await getCsrfToken()} target="_blank" rel="noopener">
            {scopes.map((scope) => (
              <input key={scope} type="hidden" name="scope" value={scope} />
            ))}
            <Button type="submit" icon={icon}>
              {t("card.start")}
              <NewTab />
            </Button>
          </NativeForm>
        ) : (
          <ButtonLink href={path} target="_blank" rel="noopener" icon={icon}>
            {t("card.start")}
            <NewTab />
          </ButtonLink>
        )
      }
      footer={
        findTestCredential(application) === null ? <TextLink href={path}>{t("card.options")}</TextLink> : undefined
      }
    />
  );
}

async function NewTab() {
  const t = await getTexts("testSignIn");
  return <span className="sr-only">({t("card.newTab")})</span>;
}
