import { useTexts } from "@/components/texts/use-texts";
import { RadioCards } from "@/components/ui/choice-cards";
import { subjectTypes } from "@/lib/oauth/ports/client-choices";
import type { FormControls } from "./form-controls";
import { SettingFields } from "./setting-field";

/** How fresh a sign-in must be, and how the application identifies users. */
export function SignInFields({ form }: { form: FormControls }) {
  return (
    <>
      <SubjectTypeField form={form} />
      <SettingFields form={form} group="sign_in" />
    </>
  );
}

export function SubjectTypeField({ form }: { form: FormControls }) {
  const t = useTexts("applicationForm");
  const settingTexts = useTexts("applicationSettings");
  return (
    <RadioCards
      id="subject_type"
      name="subject_type"
      label={t("subjectType.label")}
      hint={t("subjectType.hint")}
      choices={subjectTypes.map((value) => ({
        value,
        label: settingTexts(`subjectTypes.${value}.label`),
        description: settingTexts(`subjectTypes.${value}.description`),
      }))}
      columns={2}
      defaultValue={form.initial.subject_type}
      error={form.errorOf("subject_type")}
    />
  );
}
