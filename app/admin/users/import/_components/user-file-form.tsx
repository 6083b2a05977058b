import { Upload } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { getTexts } from "@/lib/messages/request-locale";
import { userColumns } from "@/lib/services/users/transfer/user-columns";

const example = `username,email,email_verified,name,groups
ada,ada@example.com,true,Ada Lovelace,Staff
bjorn,bjorn@example.com,false,Björn Müller,Staff;Operators`;

/** The first step: the choice of a file. Nothing is imported yet. */
export async function UserFileForm({ csrf, error }: { csrf: string; error: string | undefined }) {
  const t = await getTexts("userTransfer");
  return (
    <div className="grid gap-4">
      <Card title={t("import.file.title")} description={t("import.file.description")}>
        <NativeForm action="/admin/users/import/submit" csrf={csrf} encType="multipart/form-data" className="fields">
          {error && <Alert tone="danger" announce title={error} />}
          <TextField
            type="file"
            name="file"
            required
            accept=".csv,.json,text/csv,application/json"
            label={t("import.file.label")}
            hint={t("import.file.hint")}
          />
          <FormActions>
            <Button type="submit" variant="primary" icon={<Upload aria-hidden />}>
              {t("import.file.check")}
            </Button>
          </FormActions>
        </NativeForm>
      </Card>
      <Card title={t("import.columns.title")} description={t("import.columns.description")}>
        <div className="grid gap-4">
          <CodeBlock title={t("import.columns.example")} code={example} />
          <p className="text-note text-muted">{t("import.columns.all")}</p>
          <ul className="flex flex-wrap gap-1.5">
            {userColumns.map(({ name }) => (
              <li key={name}>
                <code className="rounded-sm bg-sunken px-1.5 py-0.5 text-xs">{name}</code>
              </li>
            ))}
          </ul>
          <p className="text-note text-muted">{t("import.columns.hashes")}</p>
        </div>
      </Card>
    </div>
  );
}
