import { Alert } from "@/components/ui/alert";
import { CheckboxCards, RadioCards } from "@/components/ui/choice-cards";
import { grantTypeChoices, grantTypeTexts } from "../grant-types";
import type { FormControls } from "./form-controls";

const clientTypes = [
  {
    value: "confidential",
    label: "Confidential",
    description: "It runs on a server of yours and can keep a secret.",
  },
  {
    value: "public",
    label: "Public",
    description: "It runs where its code can be inspected: in a browser, on a phone or on a desktop.",
  },
] as const;

/** Client type and grant types: unchanged, they follow the kind of application. */
export function GrantFields({ initial, errorOf }: FormControls) {
  return (
    <>
      <RadioCards
        id="client_type"
        name="client_type"
        label="Client type"
        choices={clientTypes}
        columns={2}
        defaultValue={initial.client_type}
        error={errorOf("client_type")}
      />
      <div className="hidden pb-5 group-has-[[name^=client][value=public]:checked]/form:block">
        <Alert tone="info" title="A public client has no secret">
          Anyone could read it from the program. It must use PKCE (S256) with every authorization request instead.
        </Alert>
      </div>
      <CheckboxCards
        id="authorization_grant_type"
        name="authorization_grant_type"
        label="Authorization grant type"
        choices={grantTypeChoices.map((value) => ({ value, ...grantTypeTexts[value] }))}
        defaultValue={initial.authorization_grant_type}
        error={errorOf("authorization_grant_type")}
      />
    </>
  );
}
