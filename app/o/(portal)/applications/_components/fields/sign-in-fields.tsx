import { RadioCards } from "@/components/ui/choice-cards";
import { subjectTypeTexts } from "../subject-types";
import type { FormControls } from "./form-controls";
import { SettingFields } from "./setting-field";

/** How fresh a sign-in must be, and how the application identifies users. */
export function SignInFields({ form }: { form: FormControls }) {
  return (
    <>
      <RadioCards
        id="subject_type"
        name="subject_type"
        label="Subject identifier type"
        hint="How the application identifies a user (sub)."
        choices={Object.entries(subjectTypeTexts).map(([value, texts]) => ({ value, ...texts }))}
        columns={2}
        defaultValue={form.initial.subject_type}
        error={form.errorOf("subject_type")}
      />
      <SettingFields form={form} group="sign_in" />
    </>
  );
}
