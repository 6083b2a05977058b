import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { getTexts } from "@/lib/messages/request-locale";
import { endpointUrl } from "@/lib/oauth/endpoints";
import { oauthServer } from "@/lib/oauth-server";

/** The addresses that application developers need, to copy. */
export async function ServerEndpoints() {
  const t = await getTexts("overview");
  const { issuer } = oauthServer();
  const addresses = [
    { label: t("endpoints.issuer"), address: issuer },
    { label: t("endpoints.authorization"), address: endpointUrl(issuer, "authorization") },
    { label: t("endpoints.token"), address: endpointUrl(issuer, "token") },
    { label: t("endpoints.sample"), address: new URL("/resource", issuer).href },
  ];
  return (
    <Card title={t("endpoints.title")} description={t("endpoints.explanation")}>
      <div className="border-t border-line pt-2.5">
        <KeyValueList
          items={addresses.map(({ label, address }) => ({ label, value: address, mono: true, copy: address }))}
        />
      </div>
    </Card>
  );
}
