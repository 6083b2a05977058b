import { useTexts } from "@/components/texts/use-texts";
import { RadioCards } from "@/components/ui/choice-cards";
import { authMethodChoices, toAuthMethodKey } from "../client-auth-methods";
import { withoutProfile } from "../form/visibility";
import type { FormControls } from "./form-controls";
import { SettingFields } from "./setting-field";

/** How the application authenticates, and the keys for verifying its signatures. */
export function ClientAuthenticationFields(form: FormControls) {
  const t = useTexts("applicationForm");
  const settingTexts = useTexts("applicationSettings");
  return (
    <>
      <div className={withoutProfile}>
        <RadioCards
          id="token_endpoint_auth_method"
          name="token_endpoint_auth_method"
          label={t("clientAuthentication")}
          choices={authMethodChoices.map((value) => ({
            value,
            label: settingTexts(`authMethods.${toAuthMethodKey(value)}.label`),
            description: settingTexts(`authMethods.${toAuthMethodKey(value)}.description`),
          }))}
          columns={2}
          defaultValue={form.initial.token_endpoint_auth_method}
          error={form.errorOf("token_endpoint_auth_method")}
        />
      </div>
      <SettingFields form={form} group="authentication" />
    </>
  );
}
