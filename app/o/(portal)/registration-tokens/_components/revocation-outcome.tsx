import { Alert } from "@/components/ui/alert";
import { getTexts } from "@/lib/messages/request-locale";
import { readRevocationFlash } from "./revocation-flash";

/** How many of the selected tokens were revoked. */
export async function RevocationOutcome() {
  const count = await readRevocationFlash();
  if (count === null) return null;
  const t = await getTexts("initialAccessTokens");
  return <Alert tone={count > 0 ? "success" : "warning"} title={t("bulk.done", { count })} announce />;
}
