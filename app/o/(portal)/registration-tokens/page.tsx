import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { readListQuery } from "@/components/list/list-query";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readRegistrationTokenFlash, registrationTokensFlashPath } from "@/lib/http/forms/registration-token-flash";
import { loadPage } from "@/lib/http/load-page";
import { registrationTokensPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import {
  initialAccessTokenSorts,
  initialAccessTokenStatuses,
  listInitialAccessTokens,
} from "@/lib/services/registrations/list-initial-access-tokens";
import { CreateTokenForm } from "./_components/create-token-form";
import { NewTokenCard } from "./_components/new-token-card";
import { RegistrationNote } from "./_components/registration-note";
import { RevocationOutcome } from "./_components/revocation-outcome";
import { TokensList } from "./_components/tokens-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("initialAccessTokens");
  return { title: t("title") };
}

export default async function RegistrationTokensPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const query = readListQuery(params, {
    sorts: initialAccessTokenSorts,
    filters: { status: initialAccessTokenStatuses },
  });
  const { changeable, list, settings } = await loadPage(registrationTokensPath, async (context) => ({
    changeable: can(context.actor, "initial_access_tokens:write"),
    list: await listInitialAccessTokens(context, query.input),
    settings: context.settings,
  }));
  const [csrf, newToken, flash] = await Promise.all([
    getCsrfToken(),
    readRegistrationTokenFlash(),
    readFormFlash(registrationTokensFlashPath),
  ]);
  const rejected = readOne(params, "rejected") === "token" ? flash : null;
  const [t, shared] = [await getTexts("initialAccessTokens"), await getTexts("console")];
  return (
    <PortalShell current={registrationTokensPath}>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<ButtonLink href={`${registrationTokensPath}export/`}>{shared("export.button")}</ButtonLink>}
      />
      <div className="grid grid-cols-1 gap-6">
        <RegistrationNote mode={settings.dynamicRegistration} />
        {newToken && <NewTokenCard flash={newToken} publicUrl={settings.publicUrl} csrf={csrf} />}
        <RevocationOutcome />
        <TokensList list={list} query={query} csrf={csrf} changeable={changeable} />
        {changeable && (
          <Card id="new" title={t("create.title")}>
            {newToken ? (
              <p className="text-muted">{t("create.storeFirst")}</p>
            ) : (
              <CreateTokenForm csrf={csrf} rejected={rejected} />
            )}
          </Card>
        )}
      </div>
    </PortalShell>
  );
}
