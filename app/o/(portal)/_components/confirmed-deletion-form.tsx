import { TextField } from "@/components/ui/field";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { getTexts } from "@/lib/messages/request-locale";
import { DangerForm, type DangerFormProps } from "./danger-page";

/** The action is the path of the page, plus `/submit`. */
export interface ConfirmedDeletionFormProps extends DangerFormProps {
  /** What has to be typed. */
  name: string;
  /** Whether something else was typed before; it is then shown with an error. */
  rejected: boolean;
}

/** Deletes something after its name has been typed. */
export async function ConfirmedDeletionForm({ name, rejected, children, ...form }: ConfirmedDeletionFormProps) {
  const flash = rejected ? await readFormFlash(form.action.replace(/\/submit$/, "")) : null;
  const t = await getTexts("console");
  return (
    <DangerForm {...form}>
      {children}
      <TextField
        name="confirmed_name"
        label={t("confirmation.label")}
        hint={t.rich("confirmation.hint", {
          name,
          strong: (chunks) => (
            <strong className="font-semibold wrap-anywhere text-text">
              <bdi>{chunks}</bdi>
            </strong>
          ),
        })}
        defaultValue={flash?.values.confirmed_name}
        error={flash?.fieldErrors.confirmedName?.join(" ")}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </DangerForm>
  );
}
