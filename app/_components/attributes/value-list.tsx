import { KeyValueList } from "@/components/ui/key-value-list";
import type { Texts } from "@/lib/messages/texts";
import type { ValueFieldsProps } from "./value-fields";

/** Values for reading. */
export function ValueList({ attributes, t }: Pick<ValueFieldsProps, "attributes" | "t">) {
  return <KeyValueList items={attributes.map(({ name, value }) => ({ label: name, value: show(value, t) }))} />;
}

function show(value: ValueFieldsProps["attributes"][number]["value"], t: Texts<"ownAttributes">) {
  if (value === null) return <span className="text-muted">{t("notSet")}</span>;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (!Array.isArray(value)) return <bdi>{value}</bdi>;
  return (
    <span className="grid gap-0.5">
      {[...new Set(value)].map((entry) => (
        <bdi key={entry}>{entry}</bdi>
      ))}
    </span>
  );
}
