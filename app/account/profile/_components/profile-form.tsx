"use client";

import { ErrorSummary } from "@/app/_components/form/error-summary";
import { findFormErrors } from "@/app/_components/form/form-errors";
import { type FormAction, useCheckedForm } from "@/app/_components/form/use-checked-form";
import { useProblems } from "@/components/texts/use-problems";
import { useTexts } from "@/components/texts/use-texts";
import { ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { SelectField, TextAreaField, TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { profileSchema } from "@/lib/services/users/profile-schema";
import type { LanguageChoice } from "./languages";
import { type ProfileValues, readProfileValues, toProfileInput } from "./profile-values";

export interface ProfileFormProps {
  action: FormAction;
  csrf: string;
  initial: ProfileValues;
  /** What to choose the language from; null if there is no choice, and it is typed. */
  languages: readonly LanguageChoice[] | null;
  /** Names of the IANA database, as the server knows them. */
  timeZones: readonly string[];
}

/** The user's profile, grouped by the permission with which applications see it. Everything is optional. */
export function ProfileForm({ action, csrf, initial: given, languages, timeZones }: ProfileFormProps) {
  const read = useProblems();
  const form = useCheckedForm<ProfileValues>({
    action,
    initial: given,
    read: readProfileValues,
    check: (values) => findFormErrors(profileSchema, toProfileInput(values), read),
  });
  const t = useTexts("profile");
  const field = (name: keyof ProfileValues) => ({
    ...form.field(name),
    id: name,
    label: t(`fields.${name}`),
    defaultValue: form.initial[name],
    error: form.errorOf(name),
  });
  const notSet = { value: "", label: t("notSet") };
  const address = { placeholder: "https://", inputMode: "url", autoCapitalize: "none", spellCheck: false } as const;
  return (
    <form {...form.formProps} className="grid gap-6">
      <input type="hidden" name="csrf" value={csrf} />
      <ErrorSummary {...form.rejection} />
      <Card>
        <Section title={t("name.title")} description={t("name.explanation")}>
          <TextField {...field("name")} hint={t("hints.name")} autoComplete="name" />
          <div className="fields sm:grid-cols-2">
            <TextField {...field("given_name")} autoComplete="given-name" />
            <TextField {...field("family_name")} autoComplete="family-name" />
            <TextField {...field("middle_name")} autoComplete="additional-name" />
            <TextField {...field("nickname")} autoComplete="nickname" />
          </div>
        </Section>
        <Section title={t("about.title")} description={t("about.explanation")}>
          <div className="fields sm:grid-cols-2">
            <TextField {...field("birthdate")} hint={t("hints.birthdate")} autoComplete="bday" inputMode="numeric" />
            <TextField {...field("gender")} hint={t("hints.gender")} autoComplete="sex" />
            {languages ? (
              <SelectField {...field("locale")} hint={t("hints.language")} options={[notSet, ...languages]} />
            ) : (
              <TextField
                {...field("locale")}
                hint={t("hints.locale")}
                autoComplete="language"
                autoCapitalize="none"
                spellCheck={false}
              />
            )}
            <SelectField
              {...field("zoneinfo")}
              hint={t("hints.zoneinfo")}
              options={[notSet, ...timeZones.map((zone) => ({ value: zone, label: zone }))]}
            />
          </div>
          <TextField {...field("picture_url")} hint={t("hints.picture_url")} {...address} />
          <TextField {...field("profile_url")} {...address} />
          <TextField {...field("website_url")} autoComplete="url" {...address} />
        </Section>
        <Section title={t("phone.title")} description={t("phone.explanation")}>
          <TextField {...field("phone_number")} hint={t("hints.phone_number")} type="tel" autoComplete="tel" />
        </Section>
        <Section title={t("address.title")} description={t("address.explanation")}>
          <TextAreaField {...field("street_address")} rows={2} autoComplete="street-address" />
          <div className="fields sm:grid-cols-2">
            <TextField {...field("postal_code")} autoComplete="postal-code" />
            <TextField {...field("locality")} autoComplete="address-level2" />
            <TextField {...field("region")} autoComplete="address-level1" />
            <TextField {...field("country")} autoComplete="country-name" />
          </div>
        </Section>
      </Card>
      <FormActions>
        <SubmitButton pending={form.pending} pendingLabel={t("saving")}>
          {t("save")}
        </SubmitButton>
        <ButtonLink href="/account/">{t("cancel")}</ButtonLink>
      </FormActions>
    </form>
  );
}
