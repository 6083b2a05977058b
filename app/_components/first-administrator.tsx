import { Alert } from "@/components/ui/alert";
import { getTexts } from "@/lib/messages/request-locale";

/** How to create the first account. Never the link itself: anyone may be reading this page. */
export async function FirstAdministrator() {
  const t = await getTexts("setup");
  return (
    <Alert tone="info" title={t("missing.title")}>
      <p>
        {t.rich("missing.advice", {
          command: () => (
            <code className="rounded-sm border border-info-line bg-surface px-1 py-px font-mono text-note whitespace-nowrap">
              npm run createsuperuser
            </code>
          ),
        })}
      </p>
    </Alert>
  );
}
