import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { PortalShell } from "@/app/_components/portal-shell";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readSecretFlash } from "@/lib/http/forms/secret-flash";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath, languagesPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { toIssuer } from "@/lib/oauth/endpoints";
import { isScopeAllowed } from "@/lib/oauth/scope/scope";
import { getApplicationAccess } from "@/lib/services/applications/application-access";
import { usesClientSecret } from "@/lib/services/applications/credentials/uses-client-secret";
import { isChangeable } from "@/lib/services/applications/find-application";
import { getApplication } from "@/lib/services/applications/get-application";
import { can, type ServiceContext } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { LanguagesCard } from "../../_components/languages-card";
import { actsForUsers } from "../_components/grant-types";
import { KeysCard, OriginsCard, RedirectUrisCard, ScopesCard } from "./_components/access-card";
import { AddSecretForm } from "./_components/add-secret-form";
import { ApplicationLine } from "./_components/application-line";
import { DangerCard } from "./_components/danger-card";
import { EndpointsCard } from "./_components/endpoints-card";
import { FactsCard } from "./_components/facts-card";
import { NewSecretCard } from "./_components/new-secret-card";
import { EndedPrivilegesAlert } from "./_components/privilege-alerts";
import { QuickStartCard } from "./_components/quick-start-card";
import { SecretsCard } from "./_components/secrets-card";
import { SignInCard, SignOutCard } from "./_components/sign-in-and-out-cards";
import { WhoMayUseItCard } from "./access/_components/who-may-use-it-card";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const load = cache((id: string) =>
  loadPage(applicationPath(id), async (context) => ({
    ...(await loadChangeable(context, id)),
    managesAllApplications: can(context.actor, "applications:write"),
    access: await getApplicationAccess(context, { id }),
    decidesAccess: can(context.actor, "applications:write") && can(context.actor, "groups:read"),
    scopes: await listScopes(context),
    publicUrl: context.settings.publicUrl,
  })),
);

async function loadChangeable(context: ServiceContext, id: string) {
  const application = await getApplication(context, { id });
  return { application, changeable: isChangeable(application, context) };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { application } = await load((await params).id);
  return { title: application.name };
}

export default async function ApplicationPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = applicationPath(id);
  const { application, access, changeable, decidesAccess, managesAllApplications, scopes, publicUrl } = await load(id);
  const { rejected, ended } = await searchParams;
  const [csrf, newSecret, flash] = await Promise.all([
    getCsrfToken(),
    readSecretFlash(id),
    readFormFlash(`/o/applications/${id}`),
  ]);
  const t = await getTexts("applications");
  const issuer = toIssuer(publicUrl);
  const allowedScopes = scopes.filter((scope) => isScopeAllowed(application, scope)).map(({ name }) => name);
  const usesOpenid = actsForUsers(application.grantTypes) && allowedScopes.includes("openid");
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/o/applications/" }]}
        title={<bdi>{application.name}</bdi>}
        description={<ApplicationLine application={application} />}
        actions={
          changeable && (
            <ButtonLink href={`${path}update/`} icon={<Pencil aria-hidden />}>
              {t("edit")}
            </ButtonLink>
          )
        }
      />
      <div className="grid grid-cols-1 gap-6">
        <EndedPrivilegesAlert ended={ended} />
        {application.disabled && (
          <Alert tone="warning" title={t("disabled.title")}>
            {t(
              application.disabledByAdministrator && !managesAllApplications
                ? "disabled.byAdministrator"
                : "disabled.byOwner",
            )}
          </Alert>
        )}
        {newSecret && <NewSecretCard secret={newSecret} clientId={application.clientId} issuer={issuer} csrf={csrf} />}
        <FactsCard application={application} issuer={issuer} />
        <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
          <div className="grid grid-cols-1 gap-6">
            <RedirectUrisCard uris={application.redirectUris} />
            {(application.jwks || application.jwksUri) && <KeysCard application={application} />}
            {application.allowedOrigins.length > 0 && <OriginsCard origins={application.allowedOrigins} />}
            {usesOpenid && <SignInCard application={application} />}
          </div>
          <div className="grid grid-cols-1 gap-6">
            {actsForUsers(application.grantTypes) && (
              <WhoMayUseItCard applicationId={id} access={access} changeable={decidesAccess} />
            )}
            <ScopesCard application={application} scopes={scopes} />
            {usesOpenid && <SignOutCard application={application} />}
          </div>
        </div>
        {usesClientSecret(application) && (
          <SecretsCard applicationId={id} secrets={application.secrets} changeable={changeable}>
            {changeable && !newSecret && (
              <AddSecretForm applicationId={id} csrf={csrf} rejected={rejected === "secret" ? flash : null} />
            )}
          </SecretsCard>
        )}
        <QuickStartCard application={application} publicUrl={publicUrl} scopes={allowedScopes} />
        <EndpointsCard application={application} issuer={issuer} />
        {changeable && (
          <>
            <LanguagesCard href={languagesPath("application", id)} />
            <DangerCard application={application} managesAllApplications={managesAllApplications} csrf={csrf} />
          </>
        )}
      </div>
    </PortalShell>
  );
}
