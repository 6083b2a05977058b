import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readRegistrationTokenFlash, registrationTokensFlashPath } from "@/lib/http/forms/registration-token-flash";
import { loadPage } from "@/lib/http/load-page";
import { registrationTokensPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { listInitialAccessTokens } from "@/lib/services/registrations/initial-access-tokens";
import { ListPages } from "../_components/list-pages";
import { CreateTokenForm } from "./_components/create-token-form";
import { NewTokenCard } from "./_components/new-token-card";
import { RegistrationNote } from "./_components/registration-note";
import { TokensTable } from "./_components/tokens-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("initialAccessTokens");
  return { title: t("title") };
}

export default async function RegistrationTokensPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const after = readOne(params, "after");
  const { changeable, tokens, next, settings } = await loadPage(registrationTokensPath, async (context) => ({
    changeable: can(context.actor, "initial_access_tokens:write"),
    ...(await listInitialAccessTokens(context, { after })),
    settings: context.settings,
  }));
  const [csrf, newToken, flash] = await Promise.all([
    getCsrfToken(),
    readRegistrationTokenFlash(),
    readFormFlash(registrationTokensFlashPath),
  ]);
  const rejected = readOne(params, "rejected") === "token" ? flash : null;
  const t = await getTexts("initialAccessTokens");
  return (
    <PortalShell current={registrationTokensPath}>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid grid-cols-1 gap-6">
        <RegistrationNote mode={settings.dynamicRegistration} />
        {newToken && <NewTokenCard flash={newToken} publicUrl={settings.publicUrl} csrf={csrf} />}
        <div>
          <Card id="tokens" title={t("list.title")} flush>
            {tokens.length > 0 && <TokensTable tokens={tokens} changeable={changeable} />}
            {tokens.length === 0 && (
              <EmptyState
                icon={<KeyRound aria-hidden />}
                title={after ? t("list.end") : t("list.empty")}
                description={after || !changeable ? undefined : t("list.emptyAdvice")}
              />
            )}
          </Card>
          <ListPages
            path={registrationTokensPath}
            isLater={Boolean(after)}
            next={next}
            labels={{ first: t("list.first"), next: t("list.next") }}
          />
        </div>
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
