import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { kindTexts } from "../../_components/application-kinds";
import { describeAuthMethod } from "../../_components/client-auth-methods";
import { labelGrantType } from "../../_components/grant-types";
import { securityProfileTexts } from "../../_components/security-profiles";
import { listShownSettings } from "./shown-settings";

/** The facts about an application that are looked up most. */
export function FactsCard({ application, issuer }: { application: ApplicationDetails; issuer: string }) {
  const { kind, securityProfile, clientId, clientType, grantTypes, requirePkce } = application;
  const usesCode = grantTypes.includes("authorization_code");
  const needsPkce = requirePkce || clientType === "public";
  const discovery = `${issuer}/.well-known/openid-configuration`;
  return (
    <Card title="Overview">
      <KeyValueList
        items={[
          { label: "Client ID", value: clientId, mono: true, copy: clientId },
          { label: "Issuer", value: issuer, mono: true, copy: issuer },
          { label: "Discovery", value: discovery, mono: true, copy: discovery },
          ...(kind ? [{ label: "Kind", value: kindTexts[kind].label }] : []),
          ...(securityProfile
            ? [{ label: "Security profile", value: securityProfileTexts[securityProfile].label }]
            : []),
          {
            label: "Client type",
            value: clientType === "public" ? "Public: its code can be inspected" : "Confidential: it runs on a server",
          },
          { label: "Authentication", value: describeAuthMethod(clientType, application.tokenEndpointAuthMethod) },
          { label: "Authorization grant type", value: grantTypes.map(labelGrantType).join(", ") },
          ...(usesCode
            ? [
                { label: "PKCE", value: needsPkce ? "Required (S256)" : "Optional, enforced when used" },
                {
                  label: "Pushed requests (PAR)",
                  value: application.requirePushedAuthorizationRequests ? "Required" : "Optional",
                },
                ...(application.jwks || application.jwksUri
                  ? [{ label: "Signed requests (JAR)", value: describeRequestObjects(application) }]
                  : []),
                {
                  label: "Signed authorization responses (JARM)",
                  value: `${securityProfile === "fapi2_message_signing" ? "Always" : "If it requests them"}, with ${application.authorizationSignedResponseAlg}`,
                },
                { label: "Consent", value: describeConsent(application) },
              ]
            : []),
          ...listShownSettings(application, "overview"),
          {
            label: "Tokens",
            value: application.dpopBoundAccessTokens
              ? "Always bound to a key of the application (DPoP)"
              : "Bearer tokens, or bound to a key (DPoP) if it requests that",
          },
        ]}
      />
    </Card>
  );
}

function describeRequestObjects({
  requireSignedRequestObject,
  requestObjectSigningAlg: algorithm,
}: ApplicationDetails) {
  const signedWith = algorithm ? `, with ${algorithm}` : "";
  return `${requireSignedRequestObject ? "Required" : "Optional"}${signedWith}`;
}

function describeConsent({ skipConsent, registeredDynamically }: ApplicationDetails): string {
  if (!skipConsent) return "People are asked";
  return registeredDynamically ? "Skipped for the scopes on its list" : "Skipped: people are not asked";
}
