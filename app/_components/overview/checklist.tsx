import { Circle, CircleCheck } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { joinClasses } from "@/components/ui/class-names";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getTexts } from "@/lib/messages/request-locale";
import type { ChecklistStep } from "@/lib/services/home/checklist";
import { hasPage, type NavEntry } from "../administration-nav";

/** Where a step is done, and the page of the navigation that this belongs to. */
const pages: { readonly [Step in ChecklistStep]?: { href: string; entry: NavEntry["name"] } } = {
  secondAdministrator: { href: "/admin/users/create/", entry: "users" },
  firstApplication: { href: "/o/applications/register/", entry: "applications" },
  firstSignIn: { href: "/o/applications/", entry: "applications" },
  email: { href: "/admin/settings/email/", entry: "email" },
};

/** What a new installation still needs. Ticks itself, and goes away when all of it is done or it is dismissed. */
export async function Checklist({ steps }: { steps: readonly { step: ChecklistStep; done: boolean }[] }) {
  const t = await getTexts("overview");
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  const next = steps.find((step) => !step.done)?.step;
  return (
    <Card
      title={t("checklist.title")}
      description={t("checklist.progress", { done, total: steps.length })}
      flush
      actions={
        <NativeForm action="/admin/checklist/dismiss/submit" csrf={await getCsrfToken()}>
          <Button type="submit" size="sm" variant="ghost">
            {t("checklist.dismiss")}
          </Button>
        </NativeForm>
      }
    >
      <ol className="divide-y divide-line">
        {steps.map(({ step, done: isDone }) => (
          <li key={step} className="flex items-center gap-3 px-4 py-3 sm:px-5">
            <span
              className={joinClasses(
                "self-start pt-0.5 [&_svg]:size-5",
                isDone ? "text-success-text" : "text-line-strong",
              )}
            >
              {isDone ? <CircleCheck aria-hidden /> : <Circle aria-hidden />}
              <span className="sr-only">{t(`checklist.${isDone ? "done" : "open"}`)}</span>
            </span>
            <div className="grid min-w-0 flex-1 gap-0.5">
              <p className={isDone ? "text-muted" : "font-medium"}>{t(`checklist.steps.${step}.title`)}</p>
              {!isDone && (
                <p className="text-note text-muted">
                  {t.rich(`checklist.steps.${step}.explanation`, {
                    code: (chunks) => <code className="font-mono text-xs text-text">{chunks}</code>,
                  })}
                </p>
              )}
            </div>
            {!isDone && <StepAction step={step} primary={step === next} />}
          </li>
        ))}
      </ol>
    </Card>
  );
}

async function StepAction({ step, primary }: { step: ChecklistStep; primary: boolean }) {
  const page = pages[step];
  if (!page || !hasPage(page.entry) || step === "publicUrl") return null;
  const t = await getTexts("overview");
  return (
    <ButtonLink href={page.href} size="sm" variant={primary ? "primary" : "secondary"}>
      {t(`checklist.steps.${step}.action`)}
    </ButtonLink>
  );
}
