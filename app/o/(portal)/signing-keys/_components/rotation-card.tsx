import { RefreshCw } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/time";
import { signingKeysPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { SigningKeySummary } from "@/lib/services/signing-keys/list-signing-keys";

export interface RotationCardProps {
  keys: readonly SigningKeySummary[];
  /** Seconds between scheduled rotations. */
  period: number;
  csrf: string;
  /** Whether the reader may rotate keys. */
  changeable: boolean;
}

/** When each algorithm gets its next key, and a button to rotate earlier. */
export async function RotationCard({ keys, period, csrf, changeable }: RotationCardProps) {
  const t = await getTexts("signingKeys");
  const current = keys.filter(({ status }) => status === "signing");
  return (
    <Card id="rotation" title={t("rotation.title")}>
      <div className="grid grid-cols-1 gap-4">
        <p className="text-muted">{t("rotation.explanation", { days: Math.round(period / 86_400) })}</p>
        <ul className="divide-y divide-line border-t border-line">
          {current.map(({ algorithm, signsUntil }) => (
            <li
              key={algorithm}
              className="flex min-h-13 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 last:pb-0"
            >
              <span>
                {t.rich("rotation.next", {
                  algorithm,
                  strong: (chunks) => <span className="font-medium">{chunks}</span>,
                  detail: (chunks) => <span className="text-muted">{chunks}</span>,
                  time: () => <RelativeTime date={signsUntil} />,
                })}
              </span>
              {keys.some((key) => key.algorithm === algorithm && key.status === "next") ? (
                <span className="text-muted">{t("rotation.published")}</span>
              ) : (
                changeable && (
                  <NativeForm action={`${signingKeysPath}rotate/submit`} csrf={csrf}>
                    <input type="hidden" name="algorithm" value={algorithm} />
                    <Button type="submit" size="sm" icon={<RefreshCw aria-hidden />}>
                      {t("rotation.submit", { algorithm })}
                    </Button>
                  </NativeForm>
                )
              )}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
