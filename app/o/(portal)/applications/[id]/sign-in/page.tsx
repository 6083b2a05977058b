import type { Metadata } from "next";
import { RedirectUrisCard } from "../_components/access-card";
import { ApplicationPage, type TabProps, titleOfTab } from "../_components/application-page";
import { loadApplication } from "../_components/load-application";
import { loadScopes } from "../_components/load-scopes";
import { SignInCard, SignOutCard } from "../_components/sign-in-and-out-cards";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "signIn");
}

export default async function SignInPage({ params }: TabProps) {
  const loaded = await loadApplication((await params).id, "signIn");
  const { application } = loaded;
  const { usesOpenid } = await loadScopes(loaded);
  return (
    <ApplicationPage loaded={loaded} current="signIn">
      <RedirectUrisCard uris={application.redirectUris} />
      {usesOpenid && <SignInCard application={application} />}
      {usesOpenid && <SignOutCard application={application} />}
    </ApplicationPage>
  );
}
