import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import { FormActions } from "@/components/ui/form-actions";
import { problemsIn } from "@/lib/messages/problems-in";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import { sayProblem } from "@/lib/services/described-problem";
import type { PendingImport } from "@/lib/services/users/transfer/pending-import";

/** More rows with problems than anyone reads; the rest shows up when these are right. */
const shownRows = 200;

interface ImportReportCardProps {
  pending: PendingImport;
  csrf: string;
}

/** The second step, what the file's check has found, and the third, what the import has done. */
export async function ImportReportCard({ pending, csrf }: ImportReportCardProps) {
  const { fileName, rowCount, rowsDone, report, state } = pending;
  const t = await getTexts("userTransfer");
  const read = problemsIn(await getLocale());
  const { created, refused } = report;
  const outcome = rowsDone > 0 || state === "imported" ? "done" : "checked";
  return (
    <div className="grid gap-4">
      <Card
        title={<bdi>{fileName}</bdi>}
        description={t("import.rows", { count: rowCount })}
        actions={
          <NativeForm action="/admin/users/import/discard/submit" csrf={csrf}>
            <Button type="submit" size="sm">
              {t("import.another")}
            </Button>
          </NativeForm>
        }
      >
        <div className="grid gap-5">
          <div className="grid gap-2">
            {state === "importing" && (
              <Alert tone="info" title={t("import.importing.title")}>
                {t("import.importing.progress", { done: rowsDone, total: rowCount })}
              </Alert>
            )}
            {state === "stopped" && (
              <Alert tone="danger" title={t("import.stopped.title", { row: rowsDone })}>
                {t("import.stopped.explanation", { row: rowsDone })}
              </Alert>
            )}
            {created > 0 && <Alert tone="success" title={t(`import.${outcome}.created`, { count: created })} />}
            {refused.length > 0 && (
              <Alert tone="warning" title={t(`import.${outcome}.refused`, { count: refused.length })}>
                {t("import.refusedAdvice")}
              </Alert>
            )}
          </div>
          <NextStep pending={pending} csrf={csrf} />
        </div>
      </Card>
      {refused.length > 0 && (
        <Card
          flush
          title={t("import.refusedTitle")}
          footer={refused.length > shownRows ? t("import.more", { count: refused.length - shownRows }) : undefined}
        >
          <DataTable
            caption={t("import.refusedTitle")}
            rows={refused.slice(0, shownRows)}
            rowKey={({ row }) => String(row)}
            columns={[
              { header: t("import.columnRow"), cell: ({ row }) => row, rowHeader: true },
              { header: t("import.columnUser"), cell: ({ username }) => <bdi>{username || "–"}</bdi> },
              {
                header: t("import.columnProblem"),
                cell: ({ problems }) => (
                  <ul className="grid gap-1">
                    {problems.map((problem) => (
                      <li key={problem.field + problem.message} className="wrap-anywhere">
                        <code className="text-xs text-muted">{toSnakeCase(problem.field)}</code>{" "}
                        <span>{sayProblem(problem, read)}</span>
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
        </Card>
      )}
    </div>
  );
}

/** What can be done now: by form, so that it works without JavaScript. */
async function NextStep({ pending: { state, report }, csrf }: ImportReportCardProps) {
  const t = await getTexts("userTransfer");
  if (state === "imported" || state === "importing") {
    return (
      <FormActions>
        {state === "imported" ? (
          <ButtonLink href="/admin/users/" variant="primary">
            {t("import.done.list")}
          </ButtonLink>
        ) : (
          <ButtonLink href="/admin/users/import/">{t("import.importing.reload")}</ButtonLink>
        )}
      </FormActions>
    );
  }
  if (state === "checked" && report.created === 0) return null;
  return (
    <NativeForm action="/admin/users/import/confirm/submit" csrf={csrf}>
      <FormActions>
        <Button type="submit" variant="primary">
          {state === "stopped" ? t("import.stopped.continue") : t("import.checked.confirm", { count: report.created })}
        </Button>
      </FormActions>
    </NativeForm>
  );
}
