import { RefreshCw } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/time";
import { signingKeysPath } from "@/lib/http/paths";
import type { SigningKeySummary } from "@/lib/services/signing-keys/list-signing-keys";

export interface RotationCardProps {
  keys: readonly SigningKeySummary[];
  /** Seconds between scheduled rotations. */
  period: number;
  csrf: string;
}

/** When each algorithm gets its next key, and a button to rotate earlier. */
export function RotationCard({ keys, period, csrf }: RotationCardProps) {
  const current = keys.filter(({ status }) => status === "signing");
  return (
    <Card id="rotation" title="Rotation">
      <div className="grid grid-cols-1 gap-4">
        <p className="text-muted">
          Each algorithm gets a new key every {describePeriod(period)}. It is published over an hour before it signs,
          and the old one stays published until nothing it signed can be valid: nobody has to sign in again.
        </p>
        <ul className="divide-y divide-line border-t border-line">
          {current.map(({ algorithm, signsUntil }) => (
            <li
              key={algorithm}
              className="flex min-h-13 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 last:pb-0"
            >
              <span>
                <span className="font-medium">{algorithm}</span>{" "}
                <span className="text-muted">
                  next key signs <RelativeTime date={signsUntil} />
                </span>
              </span>
              {keys.some((key) => key.algorithm === algorithm && key.status === "next") ? (
                <span className="text-muted">Published already</span>
              ) : (
                <NativeForm action={`${signingKeysPath}rotate/submit`} csrf={csrf}>
                  <input type="hidden" name="algorithm" value={algorithm} />
                  <Button type="submit" size="sm" icon={<RefreshCw aria-hidden />}>
                    Rotate {algorithm}
                  </Button>
                </NativeForm>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function describePeriod(seconds: number): string {
  const days = Math.round(seconds / 86_400);
  return days === 1 ? "day" : `${days} days`;
}
