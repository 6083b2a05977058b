import { joinClasses } from "@/components/ui/class-names";
import { controlClasses, describeControl, FieldFrame } from "@/components/ui/field-frame";
import { getTexts } from "@/lib/messages/request-locale";

/** The field for the code on the device's screen: large, and always in capitals. */
export async function UserCodeField({ value, error }: { value: string; error: string | undefined }) {
  const t = await getTexts("device");
  const id = "user_code";
  return (
    <FieldFrame id={id} label={t("code")} hint={t("codeHint")} error={error}>
      <input
        {...describeControl(id, { hint: true, error })}
        id={id}
        name="user_code"
        type="text"
        dir="ltr"
        required
        // biome-ignore lint/a11y/noAutofocus: the one thing to do on the page.
        autoFocus={value === ""}
        defaultValue={value}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        className={joinClasses(controlClasses, "min-h-11! text-center font-mono text-lg! tracking-[0.2em] uppercase")}
      />
    </FieldFrame>
  );
}
