import type { ApplicationFieldName, ApplicationValues } from "../form/application-fields";
import { grantTypeChoices } from "../grant-types";

const single = ["kind", "client_type", "token_endpoint_auth_method", "security_profile", "subject_type"] as const;

/**
 * The stored choices of other sections, for the rules by which CSS hides fields (`visibility.ts`). Disabled, so they
 * are never sent.
 */
export function StoredChoices({ stored, own }: { stored: ApplicationValues; own: readonly ApplicationFieldName[] }) {
  const chosen = [
    ...single.map((name) => ({ name, value: stored[name], checked: stored[name] !== "" })),
    ...grantTypeChoices.map((value) => ({
      name: "authorization_grant_type" as const,
      value,
      checked: stored.authorization_grant_type.includes(value),
    })),
  ];
  return chosen
    .filter(({ name }) => !own.includes(name))
    .map(({ name, value, checked }) => (
      <input
        key={`${name} ${value} ${checked}`}
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={checked}
        disabled
        hidden
      />
    ));
}
