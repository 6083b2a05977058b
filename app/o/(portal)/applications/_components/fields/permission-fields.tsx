import { CheckboxCards } from "@/components/ui/choice-cards";
import type { ScopeChoice } from "../form/scope-choices";
import type { FormControls } from "./form-controls";
import { SettingField, SettingFields } from "./setting-field";

export interface PermissionFieldsProps {
  form: FormControls;
  scopes: readonly ScopeChoice[];
  /** By RFC 7591. Its list is then not a limit (`isScopeAllowed`). */
  registeredItself: boolean;
}

/** What the application may request, whether users are asked, and whose scripts may send its requests. */
export function PermissionFields({ form, scopes, registeredItself }: PermissionFieldsProps) {
  return (
    <>
      <CheckboxCards
        id="allowed_scopes"
        name="allowed_scopes"
        label="Allowed scopes"
        hint={
          registeredItself
            ? "It registered itself, so it may request every scope that isn't restricted, selected or not, and restricted ones only if they are selected."
            : "Scopes that the application may request. None selected: every scope that isn't restricted."
        }
        choices={scopes.map(({ name, description, restricted, selectable }) => ({
          value: name,
          label: <code className="font-mono text-[0.8125rem]">{name}</code>,
          description: restricted ? `${description}. Restricted: only an administrator can allow it.` : description,
          disabled: !selectable,
        }))}
        columns={2}
        defaultValue={form.initial.allowed_scopes}
        error={form.errorOf("allowed_scopes")}
      />
      <SettingFields form={form} group="permissions" />
      <SettingField
        form={form}
        name="allowedOrigins"
        hint={
          <>
            One per line, without a path: where scripts of this application run and fetch tokens.{" "}
            <span className="group-has-[[value^=single]:checked]/form:hidden">Most need none.</span>
            <span className="hidden group-has-[[value^=single]:checked]/form:inline">
              Empty: the origins of its redirect URIs.
            </span>
          </>
        }
      />
    </>
  );
}
