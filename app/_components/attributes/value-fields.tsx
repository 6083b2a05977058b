import { SelectField, TextAreaField, TextField } from "@/components/ui/field";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import type { Texts } from "@/lib/messages/texts";
import type { OwnAttribute } from "@/lib/services/attributes/own-attributes";
import { toText } from "./attribute-text";

export interface ValueFieldsProps {
  attributes: readonly Pick<OwnAttribute, "id" | "name" | "type" | "value">[];
  rejected: FormFlash | null;
  t: Texts<"ownAttributes">;
}

/** A field for each value, named by the ID of its attribute. All of them are optional. */
export function ValueFields({ attributes, rejected, t }: ValueFieldsProps) {
  const firstWrong = Object.keys(rejected?.fieldErrors ?? {})[0];
  return (
    <div className="fields sm:grid-cols-2">
      {attributes.map(({ id, name, type, value }) => {
        const field = {
          name: id,
          label: <bdi>{name}</bdi>,
          defaultValue: rejected?.values[id] ?? toText(value),
          error: rejected?.fieldErrors[id]?.join(" "),
          autoFocus: id === firstWrong,
          autoComplete: "off",
        };
        switch (type) {
          case "text":
            return <TextField key={id} {...field} maxLength={1000} />;
          case "number":
            return <TextField key={id} {...field} type="number" step="any" inputMode="decimal" />;
          case "boolean": {
            const words = [
              { value: "", label: t("notSet") },
              { value: "true", label: t("yes") },
              { value: "false", label: t("no") },
            ];
            return <SelectField key={id} {...field} options={words} />;
          }
          case "list":
            return <TextAreaField key={id} {...field} hint={t("listHint")} />;
          default:
            return type satisfies never;
        }
      })}
    </div>
  );
}
