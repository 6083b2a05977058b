import { Badge } from "@/components/ui/badge";
import { getTexts } from "@/lib/messages/request-locale";
import type { TestCheck } from "@/lib/services/applications/test-sign-in/test-report";

/** Each check of an answer, with what was found. */
export async function CheckList({ checks }: { checks: readonly TestCheck[] }) {
  const t = await getTexts("testSignIn");
  if (checks.length === 0) return null;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {checks.map(({ name, passed, found }) => (
        <li key={name} className="grid gap-x-4 gap-y-1 px-3 py-2.5 sm:grid-cols-[8.5rem_minmax(0,1fr)] sm:items-start">
          <Badge tone={passed ? "success" : "danger"}>{t(passed ? "checks.passed" : "checks.failed")}</Badge>
          <div className="grid min-w-0 gap-0.5">
            <span>{t(`checks.${name}`)}</span>
            <code dir="ltr" className="text-note break-all text-muted">
              {found}
            </code>
          </div>
        </li>
      ))}
    </ul>
  );
}
