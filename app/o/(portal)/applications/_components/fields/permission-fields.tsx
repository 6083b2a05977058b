import { useRichTexts } from "@/components/texts/use-rich-texts";
import { useTexts } from "@/components/texts/use-texts";
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
      <AllowedScopesField form={form} scopes={scopes} registeredItself={registeredItself} />
      <SettingFields form={form} group="permissions" />
      <AllowedOriginsField form={form} />
    </>
  );
}

export function AllowedScopesField({ form, scopes, registeredItself }: PermissionFieldsProps) {
  const t = useTexts("applicationForm");
  return (
    <CheckboxCards
      id="allowed_scopes"
      name="allowed_scopes"
      label={t("scopes.label")}
      hint={t(registeredItself ? "scopes.hintAfterSelfRegistration" : "scopes.hint")}
      choices={scopes.map(({ name, description, restricted, selectable }) => ({
        value: name,
        label: <code className="font-mono text-note">{name}</code>,
        description: restricted ? t("scopes.restricted", { description }) : description,
        disabled: !selectable,
      }))}
      columns={2}
      defaultValue={form.initial.allowed_scopes}
      error={form.errorOf("allowed_scopes")}
    />
  );
}

export function AllowedOriginsField({ form }: { form: FormControls }) {
  const rich = useRichTexts("applicationForm");
  return (
    <SettingField
      form={form}
      name="allowedOrigins"
      hint={rich("allowedOriginsHint", {
        others: (chunks) => <span className="group-has-[[value^=single]:checked]/form:hidden">{chunks}</span>,
        single: (chunks) => <span className="hidden group-has-[[value^=single]:checked]/form:inline">{chunks}</span>,
      })}
    />
  );
}
