import { Card } from "@/components/ui/card";
import { type KeyValueItem, KeyValueList } from "@/components/ui/key-value-list";
import { getTexts } from "@/lib/messages/request-locale";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { listShownSettings } from "./shown-settings";

/** What the application learns about users who sign in, and how that is signed. */
export async function SignInCard({ application }: { application: ApplicationDetails }) {
  const { subjectType, sectorIdentifierUri, defaultMaxAge, initiateLoginUri, defaultAcrValues } = application;
  const t = await getTexts("applications");
  const settingTexts = await getTexts("applicationSettings");
  const signedWith = (algorithm: string) => t("signIn.signedWith", { algorithm });
  const usesCode = application.grantTypes.includes("authorization_code");
  const items: (KeyValueItem | false)[] = [
    { label: t("signIn.subjectType"), value: settingTexts(`subjectTypes.${subjectType}.label`) },
    subjectType === "pairwise" &&
      sectorIdentifierUri !== null &&
      address(t("signIn.sectorIdentifier"), sectorIdentifierUri),
    { label: t("signIn.idTokens"), value: signedWith(application.idTokenSignedResponseAlg) },
    ...listShownSettings(application, "sign_in", { page: t, settings: settingTexts }),
    {
      label: t("signIn.userinfo"),
      value: application.userinfoSignedResponseAlg
        ? signedWith(application.userinfoSignedResponseAlg)
        : t("signIn.plain"),
    },
    usesCode && {
      label: t("signIn.maxAge.label"),
      value: defaultMaxAge === null ? t("signIn.maxAge.none") : t("signIn.maxAge.seconds", { seconds: defaultMaxAge }),
    },
    usesCode && defaultAcrValues.length > 0 && { label: t("signIn.acrValues"), value: defaultAcrValues.join(", ") },
    application.requireAuthTime && { label: t("signIn.authTime.label"), value: t("signIn.authTime.always") },
    usesCode && initiateLoginUri !== null && address(t("signIn.initiateLogin"), initiateLoginUri),
  ];
  return (
    <Card title={t("signIn.title")} description={t("signIn.description")}>
      <KeyValueList items={items.filter((item) => item !== false)} />
    </Card>
  );
}

/** Where users go after signing out, and how the application is notified. */
export async function SignOutCard({ application }: { application: ApplicationDetails }) {
  const t = await getTexts("applications");
  const { postLogoutRedirectUris, backchannelLogoutUri, frontchannelLogoutUri } = application;
  const notification = (label: string, uri: string | null, namesSession: boolean): KeyValueItem =>
    uri === null
      ? { label, value: t("signOut.notNotified") }
      : { label, copy: uri, value: <Notified uri={uri} note={namesSession && t("signOut.namesSession")} /> };
  return (
    <Card title={t("signOut.title")} description={t("signOut.description")}>
      <KeyValueList
        items={[
          {
            label: t("signOut.returnAddresses"),
            value:
              postLogoutRedirectUris.length > 0 ? (
                <span className="grid gap-1">
                  {postLogoutRedirectUris.map((uri) => (
                    <code key={uri} className="font-mono text-note break-all">
                      {uri}
                    </code>
                  ))}
                </span>
              ) : (
                t("signOut.none")
              ),
          },
          notification(t("signOut.backchannel"), backchannelLogoutUri, application.backchannelLogoutSessionRequired),
          notification(t("signOut.frontchannel"), frontchannelLogoutUri, application.frontchannelLogoutSessionRequired),
        ]}
      />
    </Card>
  );
}

function Notified({ uri, note }: { uri: string; note: string | false }) {
  return (
    <span className="grid gap-0.5">
      <code className="font-mono text-note break-all">{uri}</code>
      {note && <span className="text-note text-muted">{note}</span>}
    </span>
  );
}

function address(label: string, uri: string): KeyValueItem {
  return { label, value: uri, mono: true, copy: uri };
}
