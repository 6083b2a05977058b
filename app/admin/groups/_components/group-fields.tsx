import { TextAreaField, TextField } from "@/components/ui/field";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { getTexts } from "@/lib/messages/request-locale";

export interface GroupFieldsProps {
  group?: { name: string; description: string };
  /** The typed values, and their errors. */
  rejected: FormFlash | null;
}

/** The fields of a group, for a new one and for its settings. */
export async function GroupFields({ group, rejected }: GroupFieldsProps) {
  const t = await getTexts("groups");
  return (
    <>
      <TextField
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        defaultValue={rejected?.values.name ?? group?.name}
        error={rejected?.fieldErrors.name?.join(" ")}
        maxLength={100}
        required
        autoComplete="off"
      />
      <TextAreaField
        name="description"
        label={t("descriptionColumn")}
        defaultValue={rejected?.values.description ?? group?.description}
        error={rejected?.fieldErrors.description?.join(" ")}
        maxLength={250}
        optional
        rows={2}
      />
    </>
  );
}
