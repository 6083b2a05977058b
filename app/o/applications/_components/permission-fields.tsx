import { CheckboxCards } from "@/components/ui/choice-cards";
import { AddressListField, type FormControls, Switch } from "./form-controls";
import type { ScopeChoice } from "./scope-choices";
import { peopleOnly } from "./visibility";

export interface PermissionFieldsProps {
  form: FormControls;
  scopes: readonly ScopeChoice[];
  offersSkipConsent: boolean;
}

/** What the application may ask for, whether people are asked, and whose scripts may speak for it. */
export function PermissionFields({ form, scopes, offersSkipConsent }: PermissionFieldsProps) {
  return (
    <>
      <CheckboxCards
        id="allowed_scopes"
        name="allowed_scopes"
        label="Allowed scopes"
        hint="What the application may ask for. None chosen: every scope that isn't restricted."
        choices={scopes.map(({ name, description, restricted, selectable }) => ({
          value: name,
          label: <code className="font-mono text-[0.8125rem]">{name}</code>,
          description: restricted ? `${description}. Restricted: only an administrator allows it.` : description,
          disabled: !selectable,
        }))}
        columns={2}
        defaultValue={form.initial.allowed_scopes}
        error={form.errorOf("allowed_scopes")}
      />
      {offersSkipConsent && (
        <div className={peopleOnly}>
          <Switch
            form={form}
            name="skip_consent"
            label="Skip consent"
            hint="Never ask people whether they allow it. For applications of your own organisation only."
          />
        </div>
      )}
      <AddressListField
        form={form}
        name="allowed_origins"
        label="Allowed origins (CORS)"
        hint={
          <>
            One to a line, without a path: where scripts of this application run and fetch tokens themselves.{" "}
            <span className="group-has-[[value^=single]:checked]/form:hidden">Most need none.</span>
            <span className="hidden group-has-[[value^=single]:checked]/form:inline">
              Left empty: the origins of the addresses that it is sent back to.
            </span>
          </>
        }
        placeholder="https://app.example.com"
      />
    </>
  );
}
