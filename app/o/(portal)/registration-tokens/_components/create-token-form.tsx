import { Plus } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { registrationTokensPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";

/** In days. */
const lifetimes = [1, 7, 30, 90, 365];

/** `rejected`: the typed values, and their errors. */
export async function CreateTokenForm({ csrf, rejected }: { csrf: string; rejected: FormFlash | null }) {
  const t = await getTexts("initialAccessTokens");
  return (
    <NativeForm
      action={`${registrationTokensPath}submit`}
      csrf={csrf}
      className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
    >
      <TextField
        name="label"
        label={t("create.label")}
        placeholder={t("create.labelExample")}
        defaultValue={rejected?.values.label}
        error={rejected?.fieldErrors.label?.join(" ")}
        required
        maxLength={60}
        autoComplete="off"
      />
      <TextField
        name="maximum_uses"
        label={t("create.maximumUses")}
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
        label={t("create.expires")}
        options={lifetimes.map((days) => ({ value: String(days), label: t("create.lifetime", { days }) }))}
        defaultValue={rejected?.values.expires_in_days ?? "7"}
        error={rejected?.fieldErrors.expiresInDays?.join(" ")}
      />
      <div className="grid sm:pt-[1.6875rem]">
        <Button type="submit" icon={<Plus aria-hidden />}>
          {t("create.submit")}
        </Button>
      </div>
    </NativeForm>
  );
}
