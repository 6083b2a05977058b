import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { describeAuthMethod } from "../../_components/client-auth-methods";
import { labelGrantType } from "../../_components/grant-types";

/** The facts about an application that are looked up most. */
export function FactsCard({ application, issuer }: { application: ApplicationDetails; issuer: string }) {
  const { clientId, clientType, grantTypes, requirePkce, skipConsent, tokenEndpointAuthMethod } = application;
  const needsPkce = requirePkce || clientType === "public";
  return (
    <Card title="Overview">
      <KeyValueList
        items={[
          { label: "Client id", value: clientId, mono: true, copy: clientId },
          { label: "Issuer", value: issuer, mono: true, copy: issuer },
          {
            label: "Client type",
            value: clientType === "public" ? "Public: others can look inside" : "Confidential: it runs on a server",
          },
          { label: "Authentication", value: describeAuthMethod(clientType, tokenEndpointAuthMethod) },
          { label: "Authorization grant type", value: grantTypes.map(labelGrantType).join(", ") },
          ...(grantTypes.includes("authorization_code")
            ? [
                { label: "PKCE", value: needsPkce ? "Required (S256)" : "Optional, enforced when used" },
                {
                  label: "Pushed requests (PAR)",
                  value: application.requirePushedAuthorizationRequests ? "Required" : "Optional",
                },
                { label: "Consent", value: skipConsent ? "Skipped: people are not asked" : "People are asked" },
              ]
            : []),
          {
            label: "Tokens",
            value: application.dpopBoundAccessTokens
              ? "Always bound to a key of the application (DPoP)"
              : "Bearer tokens, or bound to a key (DPoP) where it asks for that",
          },
        ]}
      />
    </Card>
  );
}
