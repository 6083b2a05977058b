import { RadioCards } from "@/components/ui/choice-cards";
import { SelectField, TextField } from "@/components/ui/field";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { getTexts } from "@/lib/messages/request-locale";
import { attributeAccess, attributeTypes } from "@/lib/services/attributes/attribute-schema";
import type { AttributeDetails } from "@/lib/services/attributes/find-attribute";

export interface AttributeFieldsProps {
  attribute?: AttributeDetails;
  /** The typed values, and their errors. */
  rejected: FormFlash | null;
}

export async function NameField({ attribute, rejected }: AttributeFieldsProps) {
  const t = await getTexts("attributes");
  return (
    <TextField
      name="name"
      label={t("name")}
      hint={t("nameHint")}
      defaultValue={rejected?.values.name ?? attribute?.name}
      error={rejected?.fieldErrors.name?.join(" ")}
      maxLength={60}
      required
      autoComplete="off"
    />
  );
}

/** For a new attribute only: values of another type would be left. */
export async function TypeField({ rejected }: AttributeFieldsProps) {
  const t = await getTexts("attributes");
  return (
    <RadioCards
      name="type"
      label={t("type")}
      hint={t("typeHint")}
      columns={2}
      defaultValue={rejected?.values.type ?? "text"}
      error={rejected?.fieldErrors.type?.join(" ")}
      choices={attributeTypes.map((type) => ({
        value: type,
        label: t(`types.${type}.label`),
        description: t(`types.${type}.description`),
      }))}
    />
  );
}

export async function AccessField({ attribute, rejected }: AttributeFieldsProps) {
  const t = await getTexts("attributes");
  return (
    <RadioCards
      name="user_access"
      label={t("ownValue")}
      columns={3}
      defaultValue={rejected?.values.user_access ?? attribute?.userAccess ?? "none"}
      error={rejected?.fieldErrors.userAccess?.join(" ")}
      choices={attributeAccess.map((access) => ({
        value: access,
        label: t(`accesses.${access}.label`),
        description: t(`accesses.${access}.description`),
      }))}
    />
  );
}

export interface ClaimFieldsProps extends AttributeFieldsProps {
  /** The scopes that a claim can belong to. */
  scopes: readonly { name: string; description: string }[];
}

export async function ClaimFields({ attribute, rejected, scopes }: ClaimFieldsProps) {
  const t = await getTexts("attributes");
  return (
    <div className="fields sm:grid-cols-2">
      <TextField
        name="claim_name"
        label={t("claim")}
        hint={t("claimHint")}
        defaultValue={rejected?.values.claim_name ?? attribute?.claimName ?? ""}
        error={rejected?.fieldErrors.claimName?.join(" ")}
        mono
        maxLength={100}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        optional
      />
      <SelectField
        name="scope_name"
        label={t("scope")}
        hint={t("scopeHint")}
        defaultValue={rejected?.values.scope_name ?? attribute?.scopeName ?? ""}
        error={rejected?.fieldErrors.scopeName?.join(" ")}
        options={[
          { value: "", label: t("noScope") },
          ...scopes.map(({ name, description }) => ({ value: name, label: `${name} – ${description}` })),
        ]}
        optional
      />
    </div>
  );
}
