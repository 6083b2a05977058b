import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { AbsoluteTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import { signingKeysPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { endpointUrl, toIssuer } from "@/lib/oauth/endpoints";
import { listSigningKeys } from "@/lib/services/signing-keys/list-signing-keys";
import { KeysTable } from "./_components/keys-table";
import { RotationCard } from "./_components/rotation-card";

export const metadata: Metadata = { title: "Signing keys" };

export default async function SigningKeysPage({ searchParams }: { searchParams: SearchParams }) {
  const { keys, settings } = await loadPage(signingKeysPath, async (context) => ({
    keys: await listSigningKeys(context),
    settings: context.settings,
  }));
  const rotated = readOne(await searchParams, "rotated");
  const next = keys.find(({ algorithm, status }) => algorithm === rotated && status === "next");
  const address = endpointUrl(toIssuer(settings.publicUrl), "keySet");
  return (
    <PortalShell current={signingKeysPath}>
      <PageHeader
        title="Signing keys"
        description="Keys that sign ID tokens and other JWTs. Private keys never leave this server; public keys are open to everyone."
      />
      <div className="grid grid-cols-1 gap-6">
        {next && (
          <Alert tone="success" title={`A new key for ${next.algorithm} is published`} announce>
            It signs from <AbsoluteTime date={next.signsFrom} />, when every cached copy of the published keys includes
            it.
          </Alert>
        )}
        <Card id="published" title="Published keys" flush>
          <KeysTable keys={keys} />
        </Card>
        <RotationCard keys={keys} period={settings.signingKeyRotationPeriod} csrf={await getCsrfToken()} />
        <Card title="Address for applications">
          <KeyValueList items={[{ label: "JSON Web Key Set", value: address, mono: true, copy: address }]} />
        </Card>
      </div>
    </PortalShell>
  );
}
