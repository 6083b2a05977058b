import { Plus } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { listSecretLifetimes } from "./secret-lifetimes";

export interface AddSecretFormProps {
  applicationId: string;
  csrf: string;
  /** The typed values, and their errors. */
  rejected: FormFlash | null;
}

/** Adds a secret to the present ones. */
export async function AddSecretForm({ applicationId, csrf, rejected }: AddSecretFormProps) {
  const t = await getTexts("credentials");
  return (
    <NativeForm
      action={`${applicationPath(applicationId)}secrets/submit`}
      csrf={csrf}
      className="grid items-start gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto]"
    >
      <TextField
        name="label"
        label={t("addition.label")}
        placeholder={t("addition.placeholder")}
        defaultValue={rejected?.values.label}
        error={rejected?.fieldErrors.label?.join(" ")}
        maxLength={60}
        autoComplete="off"
      />
      <SelectField
        name="expires_in_days"
        label={t("addition.expires")}
        options={listSecretLifetimes(t)}
        defaultValue={rejected?.values.expires_in_days ?? "0"}
        error={rejected?.fieldErrors.expiresInDays?.join(" ")}
      />
      <div className="grid sm:pt-[1.6875rem]">
        <Button type="submit" icon={<Plus aria-hidden />}>
          {t("addition.submit")}
        </Button>
      </div>
    </NativeForm>
  );
}
