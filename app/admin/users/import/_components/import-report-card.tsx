import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import { FormActions } from "@/components/ui/form-actions";
import { getTexts } from "@/lib/messages/request-locale";
import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import type { PendingImport } from "@/lib/services/users/transfer/pending-import";

/** More rows with problems than anyone reads; the rest shows up when these are right. */
const shownRows = 200;

interface ImportReportCardProps {
  pending: PendingImport;
  csrf: string;
}

/** The second step, what the file's check has found, and the third, what the import has done. */
export async function ImportReportCard({ pending, csrf }: ImportReportCardProps) {
  const { fileName, rowCount, report, importedAt } = pending;
  const t = await getTexts("userTransfer");
  const { created, refused } = report;
  const state = importedAt ? "done" : "checked";
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
            {created > 0 && <Alert tone="success" title={t(`import.${state}.created`, { count: created })} />}
            {refused.length > 0 && (
              <Alert tone="warning" title={t(`import.${state}.refused`, { count: refused.length })}>
                {t("import.refusedAdvice")}
              </Alert>
            )}
          </div>
          {importedAt ? (
            <FormActions>
              <ButtonLink href="/admin/users/" variant="primary">
                {t("import.done.list")}
              </ButtonLink>
            </FormActions>
          ) : (
            created > 0 && (
              <NativeForm action="/admin/users/import/confirm/submit" csrf={csrf}>
                <FormActions>
                  <Button type="submit" variant="primary">
                    {t("import.checked.confirm", { count: created })}
                  </Button>
                </FormActions>
              </NativeForm>
            )
          )}
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
                    {problems.map(({ field, message }) => (
                      <li key={field + message} className="wrap-anywhere">
                        <code className="text-xs text-muted">{toSnakeCase(field)}</code> <span>{message}</span>
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
