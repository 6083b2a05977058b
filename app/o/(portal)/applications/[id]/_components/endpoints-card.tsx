import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { getTexts } from "@/lib/messages/request-locale";
import { type EndpointsSubject, listEndpoints } from "./endpoints";
import { FoldedPart } from "./folded-part";

/** The addresses, for programs that don't use the discovery document. */
export async function EndpointsCard({ application, issuer }: { application: EndpointsSubject; issuer: string }) {
  const t = await getTexts("applications");
  return (
    <Card title={t("endpoints.title")} description={t("endpoints.description")}>
      <FoldedPart label={t("endpoints.show")}>
        <KeyValueList
          items={listEndpoints(application, issuer).map(({ name, url }) => ({
            label: t(`endpoints.names.${name}`),
            value: url,
            mono: true,
            copy: url,
          }))}
        />
      </FoldedPart>
    </Card>
  );
}
