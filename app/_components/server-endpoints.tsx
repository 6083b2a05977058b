import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { endpointUrl } from "@/lib/oauth/endpoints";
import { oauthServer } from "@/lib/oauth-server";

/** The addresses that application developers need, to copy. */
export function ServerEndpoints() {
  const { issuer } = oauthServer();
  const addresses = [
    { label: "Issuer", address: issuer },
    { label: "Authorization endpoint", address: endpointUrl(issuer, "authorization") },
    { label: "Token endpoint", address: endpointUrl(issuer, "token") },
    { label: "Sample protected API", address: new URL("/resource", issuer).href },
  ];
  return (
    <Card title="Endpoints" description="Addresses that applications need.">
      <div className="border-t border-line pt-2.5">
        <KeyValueList
          items={addresses.map(({ label, address }) => ({ label, value: address, mono: true, copy: address }))}
        />
      </div>
    </Card>
  );
}
