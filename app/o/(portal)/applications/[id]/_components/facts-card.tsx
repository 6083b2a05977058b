import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { formatList } from "@/lib/messages/format-list";
import { getContentLocale, getTexts } from "@/lib/messages/request-locale";
import type { Texts } from "@/lib/messages/texts";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { authMethodChoices, toAuthMethodKey } from "../../_components/client-auth-methods";
import { labelGrantType } from "../../_components/grant-types";
import { listShownSettings } from "./shown-settings";

/** The facts about an application that are looked up most. */
export async function FactsCard({ application, issuer }: { application: ApplicationDetails; issuer: string }) {
  const { kind, securityProfile, clientId, clientType, grantTypes, requirePkce } = application;
  const [locale, t] = [await getContentLocale(), await getTexts("applications")];
  const settingTexts = await getTexts("applicationSettings");
  const usesCode = grantTypes.includes("authorization_code");
  const needsPkce = requirePkce || clientType === "public";
  const discovery = `${issuer}/.well-known/openid-configuration`;
  return (
    <Card title={t("overview.title")}>
      <KeyValueList
        items={[
          { label: t("overview.clientId"), value: clientId, mono: true, copy: clientId },
          { label: t("overview.issuer"), value: issuer, mono: true, copy: issuer },
          { label: t("overview.discovery"), value: discovery, mono: true, copy: discovery },
          ...(kind ? [{ label: t("overview.kind"), value: settingTexts(`kinds.${kind}.label`) }] : []),
          ...(securityProfile
            ? [
                {
                  label: t("overview.securityProfile"),
                  value: settingTexts(`securityProfiles.${securityProfile}.label`),
                },
              ]
            : []),
          {
            label: t("overview.clientType"),
            value: t(`overview.clientTypes.${clientType}`),
          },
          { label: t("overview.authentication"), value: describeAuthMethod(application, t, settingTexts) },
          {
            label: t("overview.grantTypes"),
            value: formatList(
              grantTypes.map((grantType) => labelGrantType(grantType, settingTexts)),
              locale,
              "unit",
            ),
          },
          ...(usesCode
            ? [
                {
                  label: t("overview.pkce.label"),
                  value: t(needsPkce ? "overview.pkce.required" : "overview.pkce.optional"),
                },
                {
                  label: t("overview.pushedRequests.label"),
                  value: t(
                    application.requirePushedAuthorizationRequests
                      ? "overview.pushedRequests.required"
                      : "overview.pushedRequests.optional",
                  ),
                },
                ...(application.jwks || application.jwksUri
                  ? [{ label: t("overview.signedRequests.label"), value: describeRequestObjects(application, t) }]
                  : []),
                {
                  label: t("overview.signedResponses.label"),
                  value: t(
                    securityProfile === "fapi2_message_signing"
                      ? "overview.signedResponses.always"
                      : "overview.signedResponses.onRequest",
                    { algorithm: application.authorizationSignedResponseAlg },
                  ),
                },
                { label: t("overview.consent.label"), value: t(`overview.consent.${describeConsent(application)}`) },
              ]
            : []),
          ...listShownSettings(application, "overview", { page: t, settings: settingTexts }),
          {
            label: t("overview.tokens.label"),
            value: t(application.dpopBoundAccessTokens ? "overview.tokens.bound" : "overview.tokens.bearer"),
          },
        ]}
      />
    </Card>
  );
}

function describeAuthMethod(
  { clientType, tokenEndpointAuthMethod: method }: ApplicationDetails,
  t: Texts<"applications">,
  settingTexts: Texts<"applicationSettings">,
): string {
  if (clientType === "public") return t("overview.noAuthentication");
  const known = authMethodChoices.find((choice) => choice === (method ?? ""));
  return known === undefined ? String(method) : settingTexts(`authMethods.${toAuthMethodKey(known)}.label`);
}

function describeRequestObjects(application: ApplicationDetails, t: Texts<"applications">): string {
  const need = application.requireSignedRequestObject ? "required" : "optional";
  const algorithm = application.requestObjectSigningAlg;
  return algorithm ? t(`overview.signedRequests.${need}With`, { algorithm }) : t(`overview.signedRequests.${need}`);
}

function describeConsent({ skipConsent, registeredDynamically }: ApplicationDetails) {
  if (!skipConsent) return "asked";
  return registeredDynamically ? "skippedForList" : "skipped";
}
