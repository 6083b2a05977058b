import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { CheckboxCards } from "@/components/ui/choice-cards";
import { CheckboxField } from "@/components/ui/field";
import type { ApplicationFieldName, ApplicationValues } from "./application-values";
import type { ScopeChoice } from "./scope-choices";

export interface AdvancedFieldsProps {
  initial: ApplicationValues;
  scopes: readonly ScopeChoice[];
  offersSkipConsent: boolean;
  errorOf: (name: ApplicationFieldName) => ReactNode;
}

/** What most applications leave as it is; open where this one doesn't. */
export function AdvancedFields({ initial, scopes, offersSkipConsent, errorOf }: AdvancedFieldsProps) {
  const names = ["allowed_scopes", "require_pkce", "skip_consent"] as const;
  const isUsed = initial.allowed_scopes.length > 0 || initial.require_pkce || initial.skip_consent;
  return (
    <details
      open={isUsed || names.some((name) => errorOf(name))}
      className="group/advanced border-t border-line pt-4 pb-1"
    >
      <summary className="-mx-2 flex min-h-11 items-center gap-2 rounded-md px-2 hover:bg-hover">
        <ChevronRight className="size-4 text-muted transition-transform group-open/advanced:rotate-90" aria-hidden />
        <span className="font-semibold">Advanced</span>
        <span className="text-[0.8125rem] text-muted">
          {offersSkipConsent ? "Scopes, PKCE, consent" : "Scopes, PKCE"}
        </span>
      </summary>
      <div className="grid gap-5 pt-4 pb-3 lg:ml-[calc((100%-2.5rem)/3+2.5rem)]">
        <CheckboxCards
          id="allowed_scopes"
          name="allowed_scopes"
          label="Allowed scopes"
          hint="What the application may ask for. None chosen: every scope that isn't restricted."
          choices={scopes.map(({ name, description, restricted, selectable }) => ({
            value: name,
            label: <code className="font-mono text-[0.8125rem]">{name}</code>,
            description: restricted ? `${description}. Restricted: only an administrator allows it.` : description,
            disabled: !selectable,
          }))}
          columns={2}
          defaultValue={initial.allowed_scopes}
          error={errorOf("allowed_scopes")}
        />
        <CheckboxField
          id="require_pkce"
          name="require_pkce"
          label="Require PKCE"
          hint="Refuse authorization requests without a code challenge (S256). Public clients must always send one."
          defaultChecked={initial.require_pkce}
          error={errorOf("require_pkce")}
        />
        {offersSkipConsent && (
          <CheckboxField
            id="skip_consent"
            name="skip_consent"
            label="Skip consent"
            hint="Never ask people whether they allow it. For applications of your own organisation only."
            defaultChecked={initial.skip_consent}
            error={errorOf("skip_consent")}
          />
        )}
      </div>
    </details>
  );
}
