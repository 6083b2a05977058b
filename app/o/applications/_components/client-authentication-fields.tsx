"use client";

import { RadioCards } from "@/components/ui/choice-cards";
import { TextAreaField, TextField } from "@/components/ui/field";
import type { AdvancedGroupProps } from "./advanced-fields";
import { authMethodTexts } from "./client-auth-methods";

/**
 * How the application authenticates, and the keys where it does so with one. Shown by style sheet, without JavaScript, which
 * knows `private_key_jwt` by its beginning: in a class name an underscore would stand for a space.
 */
export function ClientAuthenticationFields({ initial, field, errorOf, onChange }: AdvancedGroupProps) {
  return (
    <>
      <RadioCards
        id="token_endpoint_auth_method"
        name="token_endpoint_auth_method"
        label="How it proves who it is"
        choices={Object.entries(authMethodTexts).map(([value, texts]) => ({ value, ...texts }))}
        columns={2}
        defaultValue={initial.token_endpoint_auth_method}
        error={errorOf("token_endpoint_auth_method")}
        onChange={onChange}
      />
      <div className="hidden gap-y-1 group-has-[[value^=private]:checked]/form:grid">
        <TextAreaField
          {...field("jwks")}
          id="jwks"
          label="Public keys"
          hint="A JSON Web Key Set with the public half only: RSA from 2048 bits, P-256, P-384, P-521 or Ed25519."
          placeholder='{"keys": [{"kty": "EC", "crv": "P-256", "kid": "2026-11", …}]}'
          defaultValue={initial.jwks}
          error={errorOf("jwks")}
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          {...field("jwks_uri")}
          id="jwks_uri"
          label="Or the address of the keys"
          hint="Then it can change its keys by itself: they are fetched from there (jwks_uri)."
          placeholder="https://app.example.com/.well-known/jwks.json"
          defaultValue={initial.jwks_uri}
          error={errorOf("jwks_uri")}
          mono
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
    </>
  );
}
