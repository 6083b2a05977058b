"use client";

import { ErrorSummary } from "@/app/_components/form/error-summary";
import { findFormErrors } from "@/app/_components/form/form-errors";
import { type FormAction, useCheckedForm } from "@/app/_components/form/use-checked-form";
import { ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { SelectField, TextAreaField, TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { profileSchema } from "@/lib/services/users/profile-schema";
import { type ProfileValues, readProfileValues, toProfileInput } from "./profile-values";

export interface ProfileFormProps {
  action: FormAction;
  csrf: string;
  initial: ProfileValues;
  /** Names of the IANA database, as the server knows them. */
  timeZones: readonly string[];
}

/** The user's profile, grouped by the permission with which applications see it. Everything is optional. */
export function ProfileForm({ action, csrf, initial: given, timeZones }: ProfileFormProps) {
  const form = useCheckedForm<ProfileValues>({
    action,
    initial: given,
    read: readProfileValues,
    check: (values) => findFormErrors(profileSchema, toProfileInput(values)),
  });
  const field = (name: keyof ProfileValues, label: string) => ({
    ...form.field(name),
    id: name,
    label,
    defaultValue: form.initial[name],
    error: form.errorOf(name),
  });
  const address = { placeholder: "https://", inputMode: "url", autoCapitalize: "none", spellCheck: false } as const;
  return (
    <form {...form.formProps} className="grid gap-6">
      <input type="hidden" name="csrf" value={csrf} />
      <ErrorSummary {...form.rejection} />
      <Card>
        <Section title="Name" description="How applications that may see your profile address you.">
          <TextField {...field("name", "Full name")} hint="As you write it." autoComplete="name" />
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField {...field("given_name", "Given name")} autoComplete="given-name" />
            <TextField {...field("family_name", "Family name")} autoComplete="family-name" />
            <TextField {...field("middle_name", "Middle name")} autoComplete="additional-name" />
            <TextField {...field("nickname", "Nickname")} autoComplete="nickname" />
          </div>
        </Section>
        <Section title="About you" description="Also part of your profile.">
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField
              {...field("birthdate", "Date of birth")}
              hint="YYYY-MM-DD, or only the year."
              autoComplete="bday"
              inputMode="numeric"
            />
            <TextField {...field("gender", "Gender")} hint="In your own words." autoComplete="sex" />
            <TextField
              {...field("locale", "Language")}
              hint="For example en or en-GB."
              autoComplete="language"
              autoCapitalize="none"
              spellCheck={false}
            />
            <SelectField
              {...field("zoneinfo", "Time zone")}
              hint="For the times that applications show you."
              options={[{ value: "", label: "Not set" }, ...timeZones.map((zone) => ({ value: zone, label: zone }))]}
            />
          </div>
          <TextField {...field("picture_url", "Picture")} hint="The URL of a picture of you." {...address} />
          <TextField {...field("profile_url", "Profile page")} {...address} />
          <TextField {...field("website_url", "Website")} autoComplete="url" {...address} />
        </Section>
        <Section title="Phone" description="Shared with applications that you allow to see your phone number.">
          <TextField
            {...field("phone_number", "Phone number")}
            hint="With the country code, for example +44 20 7946 0018."
            type="tel"
            autoComplete="tel"
          />
        </Section>
        <Section title="Address" description="Shared with applications that you allow to see your address.">
          <TextAreaField {...field("street_address", "Street")} rows={2} autoComplete="street-address" />
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField {...field("postal_code", "Postal code")} autoComplete="postal-code" />
            <TextField {...field("locality", "City")} autoComplete="address-level2" />
            <TextField {...field("region", "State or region")} autoComplete="address-level1" />
            <TextField {...field("country", "Country")} autoComplete="country-name" />
          </div>
        </Section>
      </Card>
      <FormActions>
        <SubmitButton pending={form.pending} pendingLabel="Saving…">
          Save profile
        </SubmitButton>
        <ButtonLink href="/account/">Cancel</ButtonLink>
      </FormActions>
    </form>
  );
}
