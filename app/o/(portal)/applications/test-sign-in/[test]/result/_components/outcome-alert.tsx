import { Alert } from "@/components/ui/alert";
import { getTexts } from "@/lib/messages/request-locale";
import type { TestProblem, TestReport } from "@/lib/services/applications/test-sign-in/test-report";

const known = [
  ...(["access_denied", "login_required", "consent_required", "interaction_required"] as const),
  ...(["invalid_scope", "invalid_request", "invalid_target", "unauthorized_client"] as const),
  ...(["invalid_client", "invalid_grant", "invalid_dpop_proof", "invalid_token"] as const),
  ...(["invalid_response", "no_code", "no_credential"] as const),
];

/** How the test ended, and what to do about it. */
export async function OutcomeAlert({ arrived, report }: { arrived: boolean; report: TestReport | null }) {
  const t = await getTexts("testSignIn");
  if (!report) {
    const state = arrived ? "interrupted" : "waiting";
    return (
      <Alert tone={arrived ? "warning" : "info"} title={t(`result.${state}`)} announce>
        {t(`result.${state}Text`)}
      </Alert>
    );
  }
  if (report.problem) return <ProblemAlert problem={report.problem} />;
  const isFlawed = listChecks(report).some(({ passed }) => !passed);
  const outcome = isFlawed ? "flawed" : "succeeded";
  return (
    <Alert tone={isFlawed ? "warning" : "success"} title={t(`result.${outcome}`)} announce>
      {t(`result.${outcome}Text`)}
    </Alert>
  );
}

async function ProblemAlert({ problem: { leg, error, description, reason } }: { problem: TestProblem }) {
  const t = await getTexts("testSignIn");
  const fix = known.find((code) => code === error) ?? "other";
  // Not an error of the protocol: the title and the advice say it all.
  const isOwn = leg === "response" || leg === "credential";
  return (
    <Alert tone={leg === "credential" ? "info" : "danger"} title={t(`result.stopped.${leg}`)} announce>
      <div className="grid gap-2">
        {!isOwn && (
          <p>
            <code className="font-semibold">{error}</code> {description}
          </p>
        )}
        <p>{t(`fixes.${fix}`)}</p>
        {reason && (
          <p className="text-muted">
            {t("result.reason")} <code>{reason}</code>
          </p>
        )}
      </div>
    </Alert>
  );
}

function listChecks({ checks, idToken, userinfo }: TestReport) {
  return [...checks, ...(idToken?.checks ?? []), ...(userinfo?.checks ?? [])];
}
