import { Plus } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { applicationPath } from "@/lib/http/paths";
import { secretLifetimes } from "./secret-lifetimes";

export interface AddSecretFormProps {
  applicationId: string;
  csrf: string;
  /** The typed values, and their errors. */
  rejected: FormFlash | null;
}

/** Adds a secret to the present ones. */
export function AddSecretForm({ applicationId, csrf, rejected }: AddSecretFormProps) {
  return (
    <NativeForm
      action={`${applicationPath(applicationId)}secrets/submit`}
      csrf={csrf}
      className="grid items-start gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto]"
    >
      <TextField
        name="label"
        label="Label of another secret"
        placeholder="Production, from December"
        defaultValue={rejected?.values.label}
        error={rejected?.fieldErrors.label?.join(" ")}
        maxLength={60}
        autoComplete="off"
      />
      <SelectField
        name="expires_in_days"
        label="Expires"
        options={secretLifetimes}
        defaultValue={rejected?.values.expires_in_days ?? "0"}
        error={rejected?.fieldErrors.expiresInDays?.join(" ")}
      />
      <div className="grid sm:pt-[1.6875rem]">
        <Button type="submit" icon={<Plus aria-hidden />}>
          Add secret
        </Button>
      </div>
    </NativeForm>
  );
}
