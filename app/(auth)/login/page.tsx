import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FirstAdministrator } from "@/app/_components/first-administrator";
import { AuthShell } from "@/components/layout/auth-shell";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import type { CurrentSession } from "@/lib/auth/session-store";
import { toLocalPath } from "@/lib/http/local-path";
import { readLoginFlash } from "@/lib/http/login-flash";
import { type PendingRequest, readPendingRequest } from "@/lib/http/pending-request";
import { authorizePath } from "@/lib/http/request-ids";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { wantsNewSignIn } from "@/lib/oauth/authorization-approval";
import { hasAdministrator } from "@/lib/services/setup/has-administrator";
import { RequestRefused } from "../_components/request-refused";
import { AskedAgain } from "./_components/asked-again";
import { LoginForm } from "./_components/login-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const requestId = readOne(params, "authorization_request");
  const pending = requestId ? await readPendingRequest(requestId) : null;
  if (pending?.kind === "refused") return <RequestRefused explanation={pending.explanation} />;

  const next = toLocalPath(readOne(params, "next"));
  const session = await getCurrentSession();
  if (session && !(pending && wantsNewSignIn(pending.request, session, new Date()))) {
    redirect(pending ? authorizePath(pending.id) : (next ?? "/"));
  }
  const failed = await readLoginFlash(readOne(params, "attempt"));
  return (
    <AuthShell title={pending ? <SignInTo application={pending.client.name} /> : "Sign in to Latchkey"}>
      <div className="grid grid-cols-1 gap-5">
        {session && pending && <AskedAgain username={session.user.username} application={pending.client.name} />}
        {!session && !(await hasAdministrator()) && <FirstAdministrator />}
        <LoginForm
          csrf={await getCsrfToken()}
          authorizationRequest={pending?.id}
          next={next}
          identifier={failed?.identifier ?? pending?.request.loginHint ?? suggestSelf(pending, session)}
          failed={failed !== null}
        />
      </div>
    </AuthShell>
  );
}

/** Whoever only has to prove again that it is them need not type their name; `select_account` may mean another. */
function suggestSelf(pending: PendingRequest | null, session: CurrentSession | null): string {
  if (pending?.kind !== "pending" || !session) return "";
  return pending.request.prompts.includes("select_account") ? "" : session.user.username;
}

function SignInTo({ application }: { application: string }) {
  return (
    <>
      Sign in to continue to <bdi>{application}</bdi>
    </>
  );
}
