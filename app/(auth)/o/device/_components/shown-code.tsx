import { getTexts } from "@/lib/messages/request-locale";

/**
 * The code for comparison with the device (RFC 8628 §3.3.1): users lured here with someone else's code can see that it
 * doesn't match.
 */
export async function ShownCode({ userCode }: { userCode: string }) {
  const t = await getTexts("device");
  return (
    <section
      aria-labelledby="shown-code"
      className="grid justify-items-center gap-1.5 rounded-lg border border-warning-line bg-warning-soft px-4 py-3 text-center"
    >
      <h2 id="shown-code" className="font-semibold">
        {t("confirm.comparison")}
      </h2>
      <p className="font-mono text-2xl font-semibold tracking-[0.15em] whitespace-nowrap select-all">{userCode}</p>
      <p className="text-note text-muted">{t("confirm.warning")}</p>
    </section>
  );
}
