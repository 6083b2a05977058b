import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { ConnectionMark } from "@/components/layout/connection-mark";
import { NativeForm } from "@/components/layout/native-form";
import { bdi } from "@/components/texts/rich-tags";
import { Button } from "@/components/ui/button";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { readPendingRequest } from "@/lib/http/pages/pending-request";
import { logoPath } from "@/lib/http/paths";
import { authorizePath } from "@/lib/http/request-ids";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { mayUse } from "@/lib/oauth/client/permitted-users";
import { oauthServer } from "@/lib/oauth-server";
import { findClientDescription } from "@/lib/services/applications/client-presentation";
import { RequestRefused } from "../_components/request-refused";
import { SignedInAs } from "../consent/_components/signed-in-as";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("login");
  return { title: t("noAccess.title") };
}

/** For users who may not use the application that they were signing in to. */
export default async function NoAccessPage({ searchParams }: { searchParams: SearchParams }) {
  const requestId = readOne(await searchParams, "authorization_request");
  if (!requestId) redirect("/");
  const pending = await readPendingRequest(requestId);
  if (pending.kind === "refused") return <RequestRefused explanation={pending.explanation} />;
  const session = await getCurrentSession();
  const { client } = pending;
  // They have signed out meanwhile, or have been given access.
  if (!session || (await mayUse(oauthServer(), client, session.user.id))) redirect(authorizePath(requestId));

  const t = await getTexts("login");
  const locale = await getLocale();
  const said = await findClientDescription(client.clientId, locale);
  const application = said?.client_name ?? client.name;
  const csrf = await getCsrfToken();
  const request = { authorization_request: requestId };
  return (
    <AuthShell
      visual={said?.logo_uri && <ConnectionMark name={application} logo={logoPath(client.clientId, locale)} />}
      title={t.rich("noAccess.heading", { application, bdi })}
      description={t("noAccess.explanation")}
    >
      <div className="grid grid-cols-1 gap-5">
        <SignedInAs
          user={session.user}
          csrf={csrf}
          signOutAction={await keepUiLocales("/logout/submit")}
          fields={request}
        />
        <NativeForm action={await keepUiLocales("/login/cancel")} csrf={csrf} fields={request}>
          <Button type="submit" size="lg" block>
            <span className="min-w-0 wrap-anywhere">{t.rich("noAccess.back", { destination: application, bdi })}</span>
          </Button>
        </NativeForm>
      </div>
    </AuthShell>
  );
}
