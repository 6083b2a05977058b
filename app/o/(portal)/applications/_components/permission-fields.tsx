import { CheckboxCards } from "@/components/ui/choice-cards";
import { AddressListField, type FormControls, Switch } from "./form-controls";
import type { ScopeChoice } from "./scope-choices";
import { codeOnly, peopleOnly } from "./visibility";

/** By field: whether the form shows it. */
export type AdministratorSettings = Readonly<Record<"skip_consent" | "redirects_before_sign_in", boolean>>;

export interface PermissionFieldsProps {
  form: FormControls;
  scopes: readonly ScopeChoice[];
  /** What only administrators decide and this form offers all the same: to them, or because it can be taken back. */
  offers: AdministratorSettings;
  /** By RFC 7591: the list is no limit then (`isScopeAllowed`). */
  registeredItself: boolean;
}

/** What the application may ask for, whether people are asked, and whose scripts may speak for it. */
export function PermissionFields({ form, scopes, offers, registeredItself }: PermissionFieldsProps) {
  return (
    <>
      <CheckboxCards
        id="allowed_scopes"
        name="allowed_scopes"
        label="Allowed scopes"
        hint={
          registeredItself
            ? "It registered itself, so it may ask for every scope that isn't restricted, chosen or not. A restricted one it may ask for only if it is chosen."
            : "What the application may ask for. None chosen: every scope that isn't restricted."
        }
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
      {offers.skip_consent && (
        <div className={peopleOnly}>
          <Switch
            form={form}
            name="skip_consent"
            label="Skip consent"
            hint="Never ask people whether they allow it. For applications of your own organisation only."
          />
        </div>
      )}
      {offers.redirects_before_sign_in && (
        <div className={codeOnly}>
          <Switch
            form={form}
            name="redirects_before_sign_in"
            label="Redirect errors before sign-in"
            hint="Vouch for the redirect URIs: an invalid request returns to the application at once. Otherwise the browser first shows where it would go, as a link."
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
