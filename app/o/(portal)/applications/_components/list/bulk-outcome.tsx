import { Alert } from "@/components/ui/alert";
import { getTexts } from "@/lib/messages/request-locale";
import { type BulkFlash, readBulkFlash } from "./bulk-flash";

/** What an action for several applications has done, and why some of them were left out. */
export async function BulkOutcome() {
  const outcome = await readBulkFlash();
  if (!outcome) return null;
  const t = await getTexts("applicationList");
  const { action, changed, unchanged, refused } = outcome;
  const reasons = Object.entries(refused) as [keyof BulkFlash["refused"], number][];
  const details = reasons.map(([reason, count]) => t(`done.refused.${reason}`, { count }));
  if (unchanged > 0) details.unshift(t("done.unchanged", { count: unchanged }));
  return (
    <Alert tone={reasons.length > 0 ? "warning" : "success"} title={t(`done.${action}`, { count: changed })} announce>
      {details.length > 0 && details.join(" ")}
    </Alert>
  );
}
