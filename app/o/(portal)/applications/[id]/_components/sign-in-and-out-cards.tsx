import { Card } from "@/components/ui/card";
import { type KeyValueItem, KeyValueList } from "@/components/ui/key-value-list";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { subjectTypeTexts } from "../../_components/subject-types";
import { listShownSettings } from "./shown-settings";

/** What the application learns about users who sign in, and how that is signed. */
export function SignInCard({ application }: { application: ApplicationDetails }) {
  const { subjectType, sectorIdentifierUri, defaultMaxAge, initiateLoginUri, defaultAcrValues } = application;
  const usesCode = application.grantTypes.includes("authorization_code");
  const items: (KeyValueItem | false)[] = [
    { label: "Subject identifier type", value: subjectTypeTexts[subjectType].label },
    subjectType === "pairwise" && sectorIdentifierUri !== null && address("Sector identifier", sectorIdentifierUri),
    { label: "ID tokens", value: `Signed with ${application.idTokenSignedResponseAlg}` },
    ...listShownSettings(application, "sign_in"),
    {
      label: "Userinfo",
      value: application.userinfoSignedResponseAlg
        ? `Signed with ${application.userinfoSignedResponseAlg}`
        : "Plain JSON",
    },
    usesCode && {
      label: "Default max age",
      value: defaultMaxAge === null ? "No limit within the session" : `${defaultMaxAge} seconds at most`,
    },
    usesCode && defaultAcrValues.length > 0 && { label: "Default ACR values", value: defaultAcrValues.join(", ") },
    application.requireAuthTime && { label: "auth_time", value: "Always included" },
    usesCode && initiateLoginUri !== null && address("Starts a sign-in", initiateLoginUri),
  ];
  return (
    <Card title="Sign-in" description="What it learns about users through OpenID Connect.">
      <KeyValueList items={items.filter((item) => item !== false)} />
    </Card>
  );
}

/** Where users go after signing out, and how the application is notified. */
export function SignOutCard({ application }: { application: ApplicationDetails }) {
  const { postLogoutRedirectUris, backchannelLogoutUri, frontchannelLogoutUri } = application;
  return (
    <Card title="Sign-out" description="Where users go afterwards, and how the application is notified.">
      <KeyValueList
        items={[
          {
            label: "Return addresses",
            value:
              postLogoutRedirectUris.length > 0 ? (
                <span className="grid gap-1">
                  {postLogoutRedirectUris.map((uri) => (
                    <code key={uri} className="font-mono text-[0.8125rem] break-all">
                      {uri}
                    </code>
                  ))}
                </span>
              ) : (
                "None"
              ),
          },
          notification("Back-channel", backchannelLogoutUri, application.backchannelLogoutSessionRequired),
          notification("Front-channel", frontchannelLogoutUri, application.frontchannelLogoutSessionRequired),
        ]}
      />
    </Card>
  );
}

function notification(label: string, uri: string | null, namesSession: boolean): KeyValueItem {
  if (uri === null) return { label, value: "Not told" };
  return {
    label,
    copy: uri,
    value: (
      <span className="grid gap-0.5">
        <code className="font-mono text-[0.8125rem] break-all">{uri}</code>
        {namesSession && <span className="text-[0.8125rem] text-muted">With the session that has ended (sid)</span>}
      </span>
    ),
  };
}

function address(label: string, uri: string): KeyValueItem {
  return { label, value: uri, mono: true, copy: uri };
}
