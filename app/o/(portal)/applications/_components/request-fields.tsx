import { joinClasses } from "@/components/ui/class-names";
import { clientSigningAlgorithms, signingAlgorithms } from "@/lib/oauth/wire/algorithms";
import { AddressField, AddressListField, type FormControls, NameChoice, Switch } from "./form-controls";
import { codeOnly, confidentialOnly, peopleOnly, withoutMessageSigning, withoutProfile } from "./visibility";

/** What requests must look like, and how tokens and answers are bound and signed. */
export function RequestFields({ form }: { form: FormControls }) {
  return (
    <>
      <div className={joinClasses("grid gap-y-2", codeOnly, withoutProfile)}>
        <Switch
          form={form}
          name="require_pkce"
          label="Require PKCE"
          hint="Refuse authorization requests without a code challenge (S256). Public clients must always send one."
        />
        <Switch
          form={form}
          name="require_pushed_authorization_requests"
          label="Require pushed requests (PAR)"
          hint="It hands each authorization request to this server first, so that nobody can change it in the browser."
        />
      </div>
      <div className={withoutProfile}>
        <Switch
          form={form}
          name="dpop_bound_access_tokens"
          label="Only sender-constrained tokens (DPoP)"
          hint="Every token is bound to a key of the application: whoever steals one can't use it."
        />
      </div>
      <AddressField
        form={form}
        name="default_api"
        label="Default API"
        hint="The identifier of an API. Requests that name no API (resource) get access tokens for this one, in its format, such as JWT. With the scope openid they work at userinfo as well."
        placeholder="https://api.example.com"
      />
      <div className={joinClasses("grid gap-y-2", codeOnly, confidentialOnly)}>
        <div className={withoutMessageSigning}>
          <Switch
            form={form}
            name="require_signed_request_object"
            label="Only signed requests (JAR)"
            hint="Every authorization request is signed with a key of the application, which stands above."
          />
        </div>
        <NameChoice
          form={form}
          name="request_object_signing_alg"
          label="What it signs requests with"
          none="Any algorithm that its keys allow"
          choices={clientSigningAlgorithms}
        />
        <AddressListField
          form={form}
          name="request_uris"
          label="Addresses of signed requests"
          hint="One to a line: where the application publishes requests for this server to fetch (request_uris)."
          placeholder="https://app.example.com/request.jwt"
        />
      </div>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <div className={peopleOnly}>
          <NameChoice
            form={form}
            name="id_token_signed_response_alg"
            label="ID tokens signed with"
            choices={signingAlgorithms}
          />
        </div>
        <div className={peopleOnly}>
          <NameChoice
            form={form}
            name="userinfo_signed_response_alg"
            label="Userinfo signed with"
            none="Not signed: plain JSON"
            choices={signingAlgorithms}
          />
        </div>
        <div className={codeOnly}>
          <NameChoice
            form={form}
            name="authorization_signed_response_alg"
            label="Authorization answers signed with"
            hint="Where it asks for a signed one (JARM)."
            choices={signingAlgorithms}
          />
        </div>
        <NameChoice
          form={form}
          name="introspection_signed_response_alg"
          label="Introspection answers signed with"
          hint="Where it asks for a signed one."
          choices={signingAlgorithms}
        />
      </div>
    </>
  );
}
