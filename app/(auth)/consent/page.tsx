import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { ConnectionMark } from "@/components/layout/connection-mark";
import { getBrowserId } from "@/lib/auth/browser";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { explainRefusal } from "@/lib/http/pending-request";
import { authorizePath } from "@/lib/http/request-ids";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { describeConsent } from "@/lib/oauth/authorization-decision";
import { assuresClientIdentity } from "@/lib/oauth/redirect-uri";
import { oauthServer } from "@/lib/oauth-server";
import { findOwnerName } from "@/lib/services/applications/find-owner-name";
import { RequestRefused } from "../_components/request-refused";
import { DecisionForm } from "./_components/decision-form";
import { describeRedirectTarget } from "./_components/redirect-target";
import { RequestedScopes } from "./_components/requested-scopes";
import { SignedInAs } from "./_components/signed-in-as";
import { UnprovenApp, WhatHappensNext } from "./_components/what-happens-next";

export const metadata: Metadata = { title: "Authorize an application" };

export default async function ConsentPage({ searchParams }: { searchParams: SearchParams }) {
  const requestId = readOne(await searchParams, "authorization_request");
  if (!requestId)
    return <RequestRefused explanation="No application has asked for anything. Start from the application." />;
  const session = await getCurrentSession();
  if (!session) redirect(authorizePath(requestId));
  const person = { id: session.id, userId: session.user.id };
  const browserId = await getBrowserId();
  const question = await explainRefusal(() => describeConsent(oauthServer(), requestId, browserId, person));
  if ("explanation" in question) return <RequestRefused explanation={question.explanation} />;

  const { client, redirectUri, scopes, newScopes } = question;
  const csrf = await getCsrfToken();
  const target = describeRedirectTarget(redirectUri);
  return (
    <AuthShell
      visual={<ConnectionMark name={client.name} />}
      title={
        <>
          Authorize <bdi>{client.name}</bdi>?
        </>
      }
      description={<RegisteredBy owner={await findOwnerName(client.id)} />}
      footer={<Withdrawal />}
    >
      <div className="grid grid-cols-1 gap-5">
        {client.clientType === "public" && !assuresClientIdentity(redirectUri) && <UnprovenApp />}
        <SignedInAs user={session.user} csrf={csrf} authorizationRequest={requestId} />
        <RequestedScopes application={client.name} scopes={scopes} newScopes={newScopes} />
        <WhatHappensNext target={target} />
        <DecisionForm csrf={csrf} authorizationRequest={requestId} />
      </div>
    </AuthShell>
  );
}

function RegisteredBy({ owner }: { owner: string | null }) {
  if (!owner) return "Registered by the people who run this server";
  return (
    <>
      Registered by <bdi className="font-medium text-text">{owner}</bdi>
    </>
  );
}

function Withdrawal() {
  return (
    <>
      You can withdraw this at any time under{" "}
      {/* A plain link: the router must not fetch anything while a request waits for its answer. */}
      <a
        href="/o/authorized_tokens/"
        className="rounded-sm py-1 font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current"
      >
        Authorized applications
      </a>
      .
    </>
  );
}
