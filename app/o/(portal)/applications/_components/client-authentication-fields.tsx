import { RadioCards } from "@/components/ui/choice-cards";
import { clientSigningAlgorithms } from "@/lib/oauth/wire/algorithms";
import { authMethodTexts } from "./client-auth-methods";
import { AddressField, CodeField, type FormControls, NameChoice } from "./form-controls";
import { keyOnly, withoutProfile } from "./visibility";

/** How the application authenticates, and the keys that its signatures are verified with. */
export function ClientAuthenticationFields(form: FormControls) {
  return (
    <>
      <div className={withoutProfile}>
        <RadioCards
          id="token_endpoint_auth_method"
          name="token_endpoint_auth_method"
          label="How it proves who it is"
          choices={Object.entries(authMethodTexts).map(([value, texts]) => ({ value, ...texts }))}
          columns={2}
          defaultValue={form.initial.token_endpoint_auth_method}
          error={form.errorOf("token_endpoint_auth_method")}
        />
      </div>
      <div className={keyOnly}>
        <NameChoice
          form={form}
          name="token_endpoint_auth_signing_alg"
          label="What it signs that with"
          none="Any algorithm that its keys allow"
          choices={clientSigningAlgorithms}
        />
      </div>
      <CodeField
        form={form}
        name="jwks"
        label="Public keys"
        hint="For an application that signs who it is, or its requests. A JSON Web Key Set with the public half only: RSA from 2048 bits, P-256, P-384, P-521 or Ed25519."
        placeholder='{"keys": [{"kty": "EC", "crv": "P-256", "kid": "2026-11", …}]}'
      />
      <AddressField
        form={form}
        name="jwks_uri"
        label="Or the address of the keys"
        hint="Then it can change its keys by itself: they are fetched from there (jwks_uri)."
        placeholder="https://app.example.com/.well-known/jwks.json"
      />
    </>
  );
}
