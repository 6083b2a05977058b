import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { labelGrantType } from "../../_components/grant-types";

/** The facts about an application that are looked up most. */
export function FactsCard({ application, issuer }: { application: ApplicationDetails; issuer: string }) {
  const { clientId, clientType, grantTypes, requirePkce, skipConsent } = application;
  const needsPkce = requirePkce || clientType === "public";
  return (
    <Card title="Overview">
      <KeyValueList
        items={[
          { label: "Client id", value: clientId, mono: true, copy: clientId },
          { label: "Issuer", value: issuer, mono: true, copy: issuer },
          {
            label: "Client type",
            value:
              clientType === "public" ? "Public: it has no secret" : "Confidential: it proves itself with a secret",
          },
          { label: "Authorization grant type", value: grantTypes.map(labelGrantType).join(", ") },
          ...(grantTypes.includes("authorization_code")
            ? [
                { label: "PKCE", value: needsPkce ? "Required (S256)" : "Optional, enforced when used" },
                { label: "Consent", value: skipConsent ? "Skipped: people are not asked" : "People are asked" },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
