import { joinClasses } from "@/components/ui/class-names";
import { AddressField, AddressListField, type FormControls, Switch } from "./form-controls";
import { codeOnly } from "./visibility";

/** Where people go after a sign-out, and how the application hears of one. */
export function SignOutFields({ form }: { form: FormControls }) {
  return (
    <>
      <AddressListField
        form={form}
        name="post_logout_redirect_uris"
        label="Addresses after sign-out"
        hint="One to a line: where people may be sent when the application has signed them out here (post_logout_redirect_uris)."
        placeholder="https://app.example.com/goodbye"
      />
      <AddressField
        form={form}
        name="backchannel_logout_uri"
        label="Back-channel sign-out"
        hint="This server itself tells the application at this address that a session has ended."
        placeholder="https://app.example.com/backchannel-logout"
      />
      <Switch
        form={form}
        name="backchannel_logout_session_required"
        label="It must be told which session (back-channel)"
      />
      <div className={joinClasses("grid gap-y-2", codeOnly)}>
        <AddressField
          form={form}
          name="frontchannel_logout_uri"
          label="Front-channel sign-out"
          hint="The browser opens this address in a frame of the page that says goodbye. On the origin of one of the addresses that people are sent back to."
          placeholder="https://app.example.com/frontchannel-logout"
        />
        <Switch
          form={form}
          name="frontchannel_logout_session_required"
          label="It must be told which session (front-channel)"
        />
      </div>
    </>
  );
}
