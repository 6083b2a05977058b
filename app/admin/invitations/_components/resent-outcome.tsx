import { Alert } from "@/components/ui/alert";
import { getTexts } from "@/lib/messages/request-locale";
import { readResentFlash } from "./resending";

/** How many of the selected invitations were sent again, and why the others weren't. */
export async function ResentOutcome() {
  const outcome = await readResentFlash();
  if (!outcome) return null;
  const t = await getTexts("invitations");
  const { sent, limited, gone } = outcome;
  const details = [
    ...(limited > 0 ? [t("resending.limited", { count: limited })] : []),
    ...(gone > 0 ? [t("resending.gone", { count: gone })] : []),
  ];
  return (
    <Alert tone={details.length > 0 ? "warning" : "success"} title={t("resending.sent", { count: sent })} announce>
      {details.length > 0 && details.join(" ")}
    </Alert>
  );
}
