import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { type EndpointsSubject, listEndpoints } from "./endpoints";

/** The addresses, for programs that don't use the discovery document. */
export function EndpointsCard({ application, issuer }: { application: EndpointsSubject; issuer: string }) {
  return (
    <Card title="Endpoints" description="Libraries with discovery support don't need these.">
      <KeyValueList
        items={listEndpoints(application, issuer).map(({ label, url }) => ({
          label,
          value: url,
          mono: true,
          copy: url,
        }))}
      />
    </Card>
  );
}
