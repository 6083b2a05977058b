import { RadioCards } from "@/components/ui/choice-cards";
import { joinClasses } from "@/components/ui/class-names";
import { AddressField, type FormControls, ShortField, Switch } from "./form-controls";
import { subjectTypeTexts } from "./subject-types";
import { codeOnly } from "./visibility";

/** How fresh a sign-in must be, and what the application learns people's identity by. */
export function SignInFields({ form }: { form: FormControls }) {
  return (
    <>
      <RadioCards
        id="subject_type"
        name="subject_type"
        label="How it knows people"
        hint="The identifier of a person that it gets (sub)."
        choices={Object.entries(subjectTypeTexts).map(([value, texts]) => ({ value, ...texts }))}
        columns={2}
        defaultValue={form.initial.subject_type}
        error={form.errorOf("subject_type")}
      />
      <div className="hidden group-has-[[value=pairwise]:checked]/form:block">
        <AddressField
          form={form}
          name="sector_identifier_uri"
          label="Sector identifier"
          hint="Applications in one sector know users by the same identifier. Enter the address of a JSON list of all their redirect URIs; required if those are on several hosts. An application with the device grant, or with redirect URIs other than https, is always a sector of its own."
          placeholder="https://example.com/sector.json"
        />
      </div>
      <div className={joinClasses("grid gap-y-2", codeOnly)}>
        <ShortField
          form={form}
          name="default_max_age"
          label="Longest time since the sign-in, in seconds"
          hint="Who signed in longer ago is asked for the password again. Empty: as long as the session lasts."
          placeholder="3600"
          inputMode="numeric"
        />
        <ShortField
          form={form}
          name="default_acr_values"
          label="Authentication contexts asked for"
          hint="For requests that name none (acr_values). This server knows 1: signed in, with a password at least."
          placeholder="1"
        />
      </div>
      <Switch
        form={form}
        name="require_auth_time"
        label="Always tell the time of the sign-in"
        hint="The application relies on auth_time in each ID token."
      />
      <div className={joinClasses("grid gap-y-2", codeOnly)}>
        <AddressField
          form={form}
          name="initiate_login_uri"
          label="Where a sign-in can be started from outside"
          hint="The application's own page that begins one (initiate_login_uri)."
          placeholder="https://app.example.com/login"
        />
      </div>
    </>
  );
}
