import { Plus } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { registrationTokensPath } from "@/lib/http/paths";

const lifetimes = [
  { value: "1", label: "In a day" },
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
] as const;

/** `rejected`: the typed values, and their errors. */
export function CreateTokenForm({ csrf, rejected }: { csrf: string; rejected: FormFlash | null }) {
  return (
    <NativeForm
      action={`${registrationTokensPath}submit`}
      csrf={csrf}
      className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
    >
      <TextField
        name="label"
        label="Label"
        placeholder="Build pipeline of the shop"
        defaultValue={rejected?.values.label}
        error={rejected?.fieldErrors.label?.join(" ")}
        required
        maxLength={60}
        autoComplete="off"
      />
      <TextField
        name="maximum_uses"
        label="Registrations"
        type="number"
        min={1}
        max={1000}
        required
        defaultValue={rejected?.values.maximum_uses ?? "1"}
        error={rejected?.fieldErrors.maximumUses?.join(" ")}
        autoComplete="off"
      />
      <SelectField
        name="expires_in_days"
        label="Expires"
        options={lifetimes}
        defaultValue={rejected?.values.expires_in_days ?? "7"}
        error={rejected?.fieldErrors.expiresInDays?.join(" ")}
      />
      <div className="grid sm:pt-[1.6875rem]">
        <Button type="submit" icon={<Plus aria-hidden />}>
          Create token
        </Button>
      </div>
    </NativeForm>
  );
}
