import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readRegistrationTokenFlash, registrationTokensFlashPath } from "@/lib/http/forms/registration-token-flash";
import { loadPage } from "@/lib/http/load-page";
import { registrationTokensPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { listInitialAccessTokens } from "@/lib/services/registrations/initial-access-tokens";
import { CreateTokenForm } from "./_components/create-token-form";
import { NewTokenCard } from "./_components/new-token-card";
import { RegistrationNote } from "./_components/registration-note";
import { TokensTable } from "./_components/tokens-table";

export const metadata: Metadata = { title: "Initial access tokens" };

export default async function RegistrationTokensPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const after = readOne(params, "after");
  const { tokens, next, settings } = await loadPage(registrationTokensPath, async (context) => ({
    ...(await listInitialAccessTokens(context, { after })),
    settings: context.settings,
  }));
  const [csrf, newToken, flash] = await Promise.all([
    getCsrfToken(),
    readRegistrationTokenFlash(),
    readFormFlash(registrationTokensFlashPath),
  ]);
  const rejected = readOne(params, "rejected") === "token" ? flash : null;
  return (
    <PortalShell current={registrationTokensPath}>
      <PageHeader
        title="Initial access tokens"
        description="Let programs register applications, within the limits that you set."
      />
      <div className="grid grid-cols-1 gap-6">
        <RegistrationNote mode={settings.dynamicRegistration} />
        {newToken && <NewTokenCard flash={newToken} publicUrl={settings.publicUrl} csrf={csrf} />}
        <Card id="tokens" title="Tokens" flush>
          {tokens.length > 0 && <TokensTable tokens={tokens} />}
          {tokens.length === 0 && (
            <EmptyState
              icon={<KeyRound aria-hidden />}
              title={after ? "No older tokens" : "No tokens yet"}
              description={after ? undefined : "Create one for each program or team that registers applications."}
            />
          )}
        </Card>
        {(after || next) && (
          <nav aria-label="Pages of the list" className="flex justify-between gap-2">
            {after ? <ButtonLink href={registrationTokensPath}>Newest</ButtonLink> : <span />}
            {next && <ButtonLink href={`${registrationTokensPath}?after=${next}`}>Older</ButtonLink>}
          </nav>
        )}
        <Card id="new" title="New token">
          {newToken ? (
            <p className="text-muted">Store the new token above first; then another one can be created.</p>
          ) : (
            <CreateTokenForm csrf={csrf} rejected={rejected} />
          )}
        </Card>
      </div>
    </PortalShell>
  );
}
