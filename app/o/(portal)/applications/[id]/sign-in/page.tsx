import type { Metadata } from "next";
import { actsForUsers } from "../../_components/grant-types";
import type { SettingSection } from "../../_components/sections/setting-sections";
import { RedirectUrisCard } from "../_components/access-card";
import { ApplicationPage, type TabProps, titleOfTab } from "../_components/application-page";
import { loadApplication } from "../_components/load-application";
import { loadScopes } from "../_components/load-scopes";
import { SettingForms } from "../_components/setting-forms";
import { SignInCard, SignOutCard } from "../_components/sign-in-and-out-cards";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "signIn");
}

export default async function SignInPage({ params }: TabProps) {
  const loaded = await loadApplication((await params).id, "signIn");
  const { application, changeable } = loaded;
  const { grantTypes } = application;
  const sections: SettingSection[] = [
    ...(grantTypes.includes("authorization_code") ? (["redirectUris"] as const) : []),
    ...(actsForUsers(grantTypes) ? (["signIn", "signOut"] as const) : []),
  ];
  const { usesOpenid } = await loadScopes(loaded);
  return (
    <ApplicationPage loaded={loaded} current="signIn">
      {changeable && sections.length > 0 ? (
        <SettingForms loaded={loaded} sections={sections} />
      ) : (
        <>
          <RedirectUrisCard uris={application.redirectUris} />
          {usesOpenid && <SignInCard application={application} />}
          {usesOpenid && <SignOutCard application={application} />}
        </>
      )}
    </ApplicationPage>
  );
}
