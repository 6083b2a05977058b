import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FirstAdministrator } from "@/app/_components/first-administrator";
import { AuthShell } from "@/components/layout/auth-shell";
import { ConnectionMark } from "@/components/layout/connection-mark";
import { bdi } from "@/components/texts/rich-tags";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import type { CurrentSession } from "@/lib/auth/session-store";
import { currentTime } from "@/lib/clock";
import { toLocalPath } from "@/lib/http/forms/local-path";
import { readLoginFlash } from "@/lib/http/forms/login-flash";
import { toOAuthSession } from "@/lib/http/pages/oauth-session";
import { type PendingRequest, readPendingRequest } from "@/lib/http/pages/pending-request";
import { logoPath } from "@/lib/http/paths";
import { authorizePath } from "@/lib/http/request-ids";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { requiresReauthentication } from "@/lib/oauth/authorize/authorization-approval";
import { findClientDescription } from "@/lib/services/applications/client-presentation";
import { hasAdministrator } from "@/lib/services/setup/has-administrator";
import { ClientLinks, hasClientLinks } from "../_components/client-links";
import { RequestRefused } from "../_components/request-refused";
import { describeRedirectTarget } from "../consent/_components/redirect-target";
import { CancelForm } from "./_components/cancel-form";
import { LoginForm } from "./_components/login-form";
import { NoSelfSignUpNotice } from "./_components/no-self-sign-up-notice";
import { ReauthenticationNotice } from "./_components/reauthentication-notice";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("login");
  return { title: t("title") };
}

export default async function LoginPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const requestId = readOne(params, "authorization_request");
  const pending = requestId ? await readPendingRequest(requestId) : null;
  if (pending?.kind === "refused") return <RequestRefused explanation={pending.explanation} />;

  const next = toLocalPath(readOne(params, "next"));
  const session = await getCurrentSession();
  if (session && !(pending && requiresReauthentication(pending.request, toOAuthSession(session), currentTime()))) {
    redirect(pending ? authorizePath(pending.id) : (next ?? "/"));
  }
  const csrf = await getCsrfToken();
  const attempt = await readLoginFlash(readOne(params, "attempt"));
  const t = await getTexts("login");
  const locale = await getLocale();
  const said = pending && (await findClientDescription(pending.client.clientId, locale));
  const application = said?.client_name ?? pending?.client.name ?? "";
  return (
    <AuthShell
      visual={
        pending && said?.logo_uri ? (
          <ConnectionMark name={application} logo={logoPath(pending.client.clientId, locale)} />
        ) : undefined
      }
      title={pending ? t.rich("headingFor", { application, bdi }) : t("heading")}
      footer={pending && said && hasClientLinks(said) && <ClientLinks application={application} description={said} />}
    >
      <div className="grid grid-cols-1 gap-5">
        {session && pending && <ReauthenticationNotice username={session.user.username} application={application} />}
        {!session && !(await hasAdministrator()) && <FirstAdministrator />}
        {pending?.request.prompts.includes("create") && <NoSelfSignUpNotice />}
        <LoginForm
          csrf={csrf}
          authorizationRequest={pending?.id}
          next={next}
          identifier={attempt?.identifier ?? pending?.request.loginHint ?? suggestSelf(pending, session)}
          failed={attempt?.failed ?? false}
        />
        {pending && (
          <CancelForm
            csrf={csrf}
            authorizationRequest={pending.id}
            destination={describeReturn(pending, application)}
          />
        )}
      </div>
    </AuthShell>
  );
}

/** Users who only have to reauthenticate need not type their name; `select_account` may mean another. */
function suggestSelf(pending: PendingRequest | null, session: CurrentSession | null): string {
  if (pending?.kind !== "pending" || !session) return "";
  const { prompts, requiredUserId } = pending.request;
  const meansAnother = prompts.includes("select_account") || prompts.includes("create");
  // It isn't revealed which user an application requires, only that it is another one.
  return meansAnother || (requiredUserId ?? session.user.id) !== session.user.id ? "" : session.user.username;
}

/** Where Cancel leads. An unapproved application is named by its host, because anyone can choose a name. */
function describeReturn(
  { client, request }: Extract<PendingRequest, { kind: "pending" }>,
  application: string,
): string {
  if (client.redirectsBeforeSignIn) return application;
  const target = describeRedirectTarget(request.redirectUri);
  return target.kind === "app" ? target.scheme : target.host;
}
