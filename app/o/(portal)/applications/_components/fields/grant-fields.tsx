import { useTexts } from "@/components/texts/use-texts";
import { Alert } from "@/components/ui/alert";
import { CheckboxCards, RadioCards } from "@/components/ui/choice-cards";
import { clientTypes } from "@/lib/oauth/ports/client-choices";
import { grantTypeChoices } from "../grant-types";
import type { FormControls } from "./form-controls";

/** Client type and grant types: unchanged, they follow the kind of application. */
export function GrantFields({ initial, errorOf, columns }: FormControls & { columns?: 1 | 2 }) {
  const t = useTexts("applicationForm");
  const settingTexts = useTexts("applicationSettings");
  return (
    <>
      <RadioCards
        id="client_type"
        name="client_type"
        label={t("clientType.label")}
        choices={clientTypes.map((value) => ({
          value,
          label: settingTexts(`clientTypes.${value}.label`),
          description: settingTexts(`clientTypes.${value}.description`),
        }))}
        columns={2}
        defaultValue={initial.client_type}
        error={errorOf("client_type")}
      />
      <div className="hidden pb-5 group-has-[[name^=client][value=public]:checked]/form:block">
        <Alert tone="info" title={t("clientType.noSecret.title")}>
          {t("clientType.noSecret.explanation")}
        </Alert>
      </div>
      <CheckboxCards
        id="authorization_grant_type"
        name="authorization_grant_type"
        label={t("grantTypes")}
        choices={grantTypeChoices.map((value) => ({
          value,
          label: settingTexts(`grantTypes.${value}.label`),
          description: settingTexts(`grantTypes.${value}.description`),
        }))}
        columns={columns ?? 1}
        defaultValue={initial.authorization_grant_type}
        error={errorOf("authorization_grant_type")}
      />
    </>
  );
}
