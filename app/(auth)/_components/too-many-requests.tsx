import { AuthShell } from "@/components/layout/auth-shell";
import { adviseToWait } from "@/lib/http/error-texts";
import { getTexts } from "@/lib/messages/request-locale";

/** A page can't have the status 429, but it can say the same. `retryAfter` is in seconds. */
export async function TooManyRequests({ retryAfter }: { retryAfter: number }) {
  const t = await getTexts("errors");
  return (
    <AuthShell title={t("requests.title")} description={t("requests.explanation")}>
      <p className="text-center">{adviseToWait(t, retryAfter)}</p>
    </AuthShell>
  );
}
