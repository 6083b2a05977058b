import type { FormControls } from "./form-controls";
import { SettingFields } from "./setting-field";

/** What requests must look like, and how tokens and responses are bound and signed. */
export function RequestFields({ form }: { form: FormControls }) {
  return (
    <>
      <SettingFields form={form} group="requests" />
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <SettingFields form={form} group="signatures" />
      </div>
    </>
  );
}
