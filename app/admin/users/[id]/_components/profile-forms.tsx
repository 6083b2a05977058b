import type { ReactNode } from "react";
import { listLanguages } from "@/app/account/profile/_components/languages";
import { listTimeZones } from "@/app/account/profile/_components/time-zones";
import { CheckboxField, SelectField, TextAreaField, TextField } from "@/components/ui/field";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { textsOf } from "@/lib/messages/texts";
import { fieldsOf, type ProfileFormsProps, ProfileSectionForm } from "./profile-section-form";

const plain = { autoCapitalize: "none", spellCheck: false } as const;
const address = { ...plain, placeholder: "https://", inputMode: "url" } as const;
const twoColumns = "fields sm:grid-cols-2";

/** The profile, each section a form of its own; `children` are further ones. */
export function ProfileForms({ children, ...props }: ProfileFormsProps & { children: ReactNode }) {
  return (
    <>
      <AccountForm {...props} />
      <NameForm {...props} />
      <AboutForm {...props} />
      <AddressForm {...props} />
      {children}
      <NotesForm {...props} />
    </>
  );
}

/** The labels that users read in their own profile, in the language of these pages. */
async function profileTexts() {
  return textsOf("profile", localeOf("users", await getLocale()));
}

async function AccountForm(props: ProfileFormsProps) {
  const [t, profile] = [await getTexts("users"), await profileTexts()];
  const { field, box } = fieldsOf("account", props);
  const { emailVerified, phoneNumberVerified } = props.user;
  return (
    <ProfileSectionForm section="account" {...props}>
      <TextField {...field("username")} {...plain} label={t("profile.username")} required />
      <div className="grid gap-2">
        <TextField {...field("email")} {...plain} label={t("profile.email")} inputMode="email" required />
        <CheckboxField
          {...box("email_verified", emailVerified)}
          label={t("profile.emailVerified")}
          hint={t("profile.emailVerifiedHint")}
        />
      </div>
      <div className="grid gap-2">
        <TextField
          {...field("phone_number")}
          label={t("profile.phone")}
          hint={profile("hints.phone_number")}
          type="tel"
          optional
        />
        <CheckboxField
          {...box("phone_number_verified", phoneNumberVerified)}
          label={t("profile.phoneVerified")}
          hint={t("profile.phoneVerifiedHint")}
        />
      </div>
    </ProfileSectionForm>
  );
}

async function NameForm(props: ProfileFormsProps) {
  const profile = await profileTexts();
  const { field } = fieldsOf("name", props);
  return (
    <ProfileSectionForm section="name" {...props}>
      <TextField {...field("name")} label={profile("fields.name")} />
      <div className={twoColumns}>
        <TextField {...field("given_name")} label={profile("fields.given_name")} />
        <TextField {...field("family_name")} label={profile("fields.family_name")} />
        <TextField {...field("middle_name")} label={profile("fields.middle_name")} />
        <TextField {...field("nickname")} label={profile("fields.nickname")} />
      </div>
    </ProfileSectionForm>
  );
}

async function AboutForm(props: ProfileFormsProps) {
  const [locale, profile] = [await getLocale(), await profileTexts()];
  const { field } = fieldsOf("about", props);
  const { user } = props;
  const notSet = { value: "", label: profile("notSet") };
  const zones = listTimeZones(user.zoneinfo).map((zone) => ({ value: zone, label: zone }));
  return (
    <ProfileSectionForm section="about" {...props}>
      <div className={twoColumns}>
        <TextField
          {...field("birthdate")}
          label={profile("fields.birthdate")}
          hint={profile("hints.birthdate")}
          inputMode="numeric"
        />
        <TextField {...field("gender")} label={profile("fields.gender")} />
        <SelectField
          {...field("locale")}
          label={profile("fields.locale")}
          options={[notSet, ...(listLanguages(user.locale, locale) ?? [])]}
        />
        <SelectField {...field("zoneinfo")} label={profile("fields.zoneinfo")} options={[notSet, ...zones]} />
      </div>
      <TextField {...field("picture_url")} {...address} label={profile("fields.picture_url")} />
      <TextField {...field("profile_url")} {...address} label={profile("fields.profile_url")} />
      <TextField {...field("website_url")} {...address} label={profile("fields.website_url")} />
    </ProfileSectionForm>
  );
}

async function AddressForm(props: ProfileFormsProps) {
  const profile = await profileTexts();
  const { field } = fieldsOf("address", props);
  return (
    <ProfileSectionForm section="address" {...props}>
      <TextAreaField {...field("street_address")} label={profile("fields.street_address")} rows={2} />
      <div className={twoColumns}>
        <TextField {...field("postal_code")} label={profile("fields.postal_code")} />
        <TextField {...field("locality")} label={profile("fields.locality")} />
        <TextField {...field("region")} label={profile("fields.region")} />
        <TextField {...field("country")} label={profile("fields.country")} />
      </div>
    </ProfileSectionForm>
  );
}

async function NotesForm(props: ProfileFormsProps) {
  const t = await getTexts("users");
  const { field } = fieldsOf("notes", props);
  return (
    <ProfileSectionForm section="notes" {...props}>
      <TextAreaField {...field("notes")} label={t("profile.notes.label")} rows={4} maxLength={5000} />
    </ProfileSectionForm>
  );
}
