import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { readFormFlash } from "@/lib/http/form-flash";

export interface ConfirmedDeletionFormProps {
  /** Where the form is posted to: the path of its page, and `/submit`. */
  action: string;
  csrf: string;
  /** Sent along under its name: which one it is, where the address doesn't say it. */
  hidden?: Readonly<Record<string, string>>;
  /** What has to be typed. */
  name: string;
  /** Whether something else was typed before: then it is shown again with what is wrong. */
  rejected: boolean;
  label: string;
  cancelHref: string;
}

/** Deletes what is named: the name has to be typed. */
export async function ConfirmedDeletionForm(props: ConfirmedDeletionFormProps) {
  const { action, csrf, hidden = {}, name, rejected, label, cancelHref } = props;
  const flash = rejected ? await readFormFlash(action.replace(/\/submit$/, "")) : null;
  return (
    <NativeForm action={action} csrf={csrf} className="grid grid-cols-1 gap-5">
      {Object.entries(hidden).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <TextField
        name="confirmed_name"
        label="Type the name to confirm"
        hint={
          <>
            The name is <strong className="font-semibold wrap-anywhere text-text">{name}</strong>
          </>
        }
        defaultValue={flash?.values.confirmed_name}
        error={flash?.fieldErrors.confirmedName?.join(" ")}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <FormActions>
        <Button type="submit" variant="danger">
          {label}
        </Button>
        <ButtonLink href={cancelHref}>Cancel</ButtonLink>
      </FormActions>
    </NativeForm>
  );
}
