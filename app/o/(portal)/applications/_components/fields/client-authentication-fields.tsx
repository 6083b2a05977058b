import { RadioCards } from "@/components/ui/choice-cards";
import { authMethodTexts } from "../client-auth-methods";
import { withoutProfile } from "../form/visibility";
import type { FormControls } from "./form-controls";
import { SettingFields } from "./setting-field";

/** How the application authenticates, and the keys for verifying its signatures. */
export function ClientAuthenticationFields(form: FormControls) {
  return (
    <>
      <div className={withoutProfile}>
        <RadioCards
          id="token_endpoint_auth_method"
          name="token_endpoint_auth_method"
          label="Client authentication"
          choices={Object.entries(authMethodTexts).map(([value, texts]) => ({ value, ...texts }))}
          columns={2}
          defaultValue={form.initial.token_endpoint_auth_method}
          error={form.errorOf("token_endpoint_auth_method")}
        />
      </div>
      <SettingFields form={form} group="authentication" />
    </>
  );
}
