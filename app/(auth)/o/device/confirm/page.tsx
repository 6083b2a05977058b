import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { DecisionForm } from "@/app/(auth)/consent/_components/decision-form";
import { describeOwnDetails } from "@/app/(auth)/consent/_components/own-details";
import { RegisteredBy } from "@/app/(auth)/consent/_components/registered-by";
import { RequestedApis } from "@/app/(auth)/consent/_components/requested-apis";
import { RequestedScopes } from "@/app/(auth)/consent/_components/requested-scopes";
import { SignedInAs } from "@/app/(auth)/consent/_components/signed-in-as";
import { SelfRegistered } from "@/app/(auth)/consent/_components/what-happens-next";
import { Withdrawal } from "@/app/(auth)/consent/_components/withdrawal";
import { AuthShell } from "@/components/layout/auth-shell";
import { ConnectionMark } from "@/components/layout/connection-mark";
import { NativeForm } from "@/components/layout/native-form";
import { bdi } from "@/components/texts/rich-tags";
import { Button } from "@/components/ui/button";
import { getBrowserId } from "@/lib/auth/browser";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { confirmationPath, readDeviceClaim } from "@/lib/http/pages/device";
import { toOAuthSession } from "@/lib/http/pages/oauth-session";
import { devicePath, signInPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { describeDevice } from "@/lib/oauth/device/device-verification";
import { oauthServer } from "@/lib/oauth-server";
import { findApiNames } from "@/lib/services/apis/find-api-names";
import { findClientDescription, findOwnerName } from "@/lib/services/applications/client-presentation";
import { ShownCode } from "../_components/shown-code";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("device");
  return { title: t("title") };
}

/** RFC 8628 §3.3.1, §5.4: asked every time, whatever was allowed before. */
export default async function ConfirmDevicePage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const claim = readDeviceClaim((name) => readOne(params, name));
  if (!claim) notFound();
  const session = await getCurrentSession();
  if (!session) {
    const next = await keepUiLocales(confirmationPath(claim));
    redirect(await keepUiLocales(signInPath(next)));
  }
  const prompt = await describeDevice(oauthServer(), claim, await getBrowserId(), toOAuthSession(session));
  if (!prompt) notFound();

  const [t, consent] = [await getTexts("device"), await getTexts("consent")];
  const { client, userCode, scopes, resources, newScopes } = prompt;
  const claims = await oauthServer().stores.users.findClaims(session.user.id);
  const locale = await getLocale();
  const said = await findClientDescription(client.clientId, locale);
  const name = said?.client_name ?? client.name;
  const csrf = await getCsrfToken();
  const fields = { verification: claim.verification, user_code: userCode };
  const action = await keepUiLocales(`${devicePath}/confirm/submit`);
  const signedInAs = (
    <SignedInAs
      user={session.user}
      csrf={csrf}
      signOutAction={await keepUiLocales(`${devicePath}/switch-account`)}
      fields={{ user_code: userCode }}
    />
  );
  if (!prompt.isPermitted) {
    const login = await getTexts("login");
    return (
      <AuthShell
        title={login.rich("noAccess.heading", { application: name, bdi })}
        description={login("noAccess.explanation")}
      >
        <div className="grid grid-cols-1 gap-5">
          {signedInAs}
          <NativeForm action={action} csrf={csrf} fields={fields}>
            <Button type="submit" name="decision" value="deny" size="lg" block>
              {consent("cancel")}
            </Button>
          </NativeForm>
        </div>
      </AuthShell>
    );
  }
  return (
    <AuthShell
      visual={<ConnectionMark name={name} />}
      title={t.rich("confirm.title", { application: name, bdi })}
      description={<RegisteredBy client={client} owner={await findOwnerName(client.id)} />}
      footer={<Withdrawal />}
    >
      <div className="grid grid-cols-1 gap-5">
        <ShownCode userCode={userCode} />
        {client.registeredDynamically && <SelfRegistered application={name} />}
        {signedInAs}
        <RequestedScopes
          application={name}
          scopes={scopes}
          newScopes={newScopes}
          details={describeOwnDetails(session.user.username, claims ?? {}, consent)}
        />
        <RequestedApis apis={await findApiNames(resources, locale)} />
        <DecisionForm
          action={action}
          csrf={csrf}
          fields={fields}
          labels={{ deny: consent("cancel"), allow: consent("authorize") }}
        />
      </div>
    </AuthShell>
  );
}
