import { Alert } from "@/components/ui/alert";
import { getTexts } from "@/lib/messages/request-locale";

/** For users whom an application has sent to create an account (Initiating User Registration via OpenID Connect). */
export async function NoSelfSignUpNotice() {
  const t = await getTexts("login");
  return (
    <Alert tone="info" title={t("noAccount.title")}>
      {t("noAccount.advice")}
    </Alert>
  );
}
