import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { ConnectionMark } from "@/components/layout/connection-mark";
import { bdi } from "@/components/texts/rich-tags";
import { getBrowserId } from "@/lib/auth/browser";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { toOAuthSession } from "@/lib/http/pages/oauth-session";
import { explainRefusal } from "@/lib/http/pages/pending-request";
import { logoPath } from "@/lib/http/paths";
import { authorizePath } from "@/lib/http/request-ids";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { describeConsent } from "@/lib/oauth/authorize/authorization-decision";
import { assuresClientIdentity } from "@/lib/oauth/client/redirect-uri";
import { oauthServer } from "@/lib/oauth-server";
import { findApiNames } from "@/lib/services/apis/find-api-names";
import { findClientDescription, findOwnerName } from "@/lib/services/applications/client-presentation";
import { ClientLinks, hasClientLinks } from "../_components/client-links";
import { RequestRefused } from "../_components/request-refused";
import { DecisionForm } from "./_components/decision-form";
import { describeOwnDetails } from "./_components/own-details";
import { describeRedirectTarget } from "./_components/redirect-target";
import { RegisteredBy } from "./_components/registered-by";
import { RequestedApis } from "./_components/requested-apis";
import { RequestedScopes } from "./_components/requested-scopes";
import { SignedInAs } from "./_components/signed-in-as";
import { SelfRegistered, UnprovenApp, WhatHappensNext } from "./_components/what-happens-next";
import { Withdrawal } from "./_components/withdrawal";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("consent");
  return { title: t("title") };
}

export default async function ConsentPage({ searchParams }: { searchParams: SearchParams }) {
  const requestId = readOne(await searchParams, "authorization_request");
  const t = await getTexts("consent");
  if (!requestId) return <RequestRefused explanation={t("noRequest")} />;
  const session = await getCurrentSession();
  if (!session) redirect(authorizePath(requestId));
  const browserId = await getBrowserId();
  const prompt = await explainRefusal(() =>
    describeConsent(oauthServer(), requestId, browserId, toOAuthSession(session)),
  );
  if ("explanation" in prompt) return <RequestRefused explanation={prompt.explanation} />;

  const { client, redirectUri, scopes, resources, newScopes } = prompt;
  const locale = await getLocale();
  const claims = await oauthServer().stores.users.findClaims(session.user.id);
  const said = await findClientDescription(client.clientId, locale);
  const name = said?.client_name ?? client.name;
  const csrf = await getCsrfToken();
  const request = { authorization_request: requestId };
  const target = describeRedirectTarget(redirectUri);
  return (
    <AuthShell
      visual={<ConnectionMark name={name} logo={said?.logo_uri && logoPath(client.clientId, locale)} />}
      title={t.rich("heading", { application: name, bdi })}
      description={<RegisteredBy client={client} owner={await findOwnerName(client.id)} />}
      footer={<Withdrawal />}
    >
      <div className="grid grid-cols-1 gap-5">
        {client.clientType === "public" && !assuresClientIdentity(redirectUri) && <UnprovenApp />}
        {client.registeredDynamically && <SelfRegistered application={name} />}
        <SignedInAs
          user={session.user}
          csrf={csrf}
          signOutAction={await keepUiLocales("/logout/submit")}
          fields={request}
        />
        <RequestedScopes
          application={name}
          scopes={scopes}
          newScopes={newScopes}
          details={describeOwnDetails(session.user.username, claims ?? {}, t)}
        />
        <RequestedApis apis={await findApiNames(resources, locale)} />
        <WhatHappensNext target={target} />
        {said && hasClientLinks(said) && (
          <p className="text-note text-muted">
            <ClientLinks application={name} description={said} />
          </p>
        )}
        <DecisionForm
          action={await keepUiLocales("/consent/submit")}
          csrf={csrf}
          fields={request}
          labels={{ deny: t("cancel"), allow: t("authorize") }}
        />
      </div>
    </AuthShell>
  );
}
