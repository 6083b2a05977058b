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
import { getTexts } from "@/lib/messages/request-locale";
import { endpointUrl, toIssuer } from "@/lib/oauth/endpoints";
import { can } from "@/lib/services/context";
import { listSigningKeys } from "@/lib/services/signing-keys/list-signing-keys";
import { KeysTable } from "./_components/keys-table";
import { RotationCard } from "./_components/rotation-card";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("signingKeys");
  return { title: t("title") };
}

export default async function SigningKeysPage({ searchParams }: { searchParams: SearchParams }) {
  const { keys, changeable, settings } = await loadPage(signingKeysPath, async (context) => ({
    keys: await listSigningKeys(context),
    changeable: can(context.actor, "signing_keys:write"),
    settings: context.settings,
  }));
  const rotated = readOne(await searchParams, "rotated");
  const next = keys.find(({ algorithm, status }) => algorithm === rotated && status === "next");
  const address = endpointUrl(toIssuer(settings.publicUrl), "keySet");
  const t = await getTexts("signingKeys");
  return (
    <PortalShell current={signingKeysPath}>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid grid-cols-1 gap-6">
        {next && (
          <Alert tone="success" title={t("rotated.title", { algorithm: next.algorithm })} announce>
            {t.rich("rotated.text", { time: () => <AbsoluteTime date={next.signsFrom} /> })}
          </Alert>
        )}
        <Card id="published" title={t("list")} flush>
          <KeysTable keys={keys} />
        </Card>
        <RotationCard
          keys={keys}
          period={settings.signingKeyRotationPeriod}
          csrf={await getCsrfToken()}
          changeable={changeable}
        />
        <Card title={t("address.title")}>
          <KeyValueList items={[{ label: t("address.keySet"), value: address, mono: true, copy: address }]} />
        </Card>
      </div>
    </PortalShell>
  );
}
