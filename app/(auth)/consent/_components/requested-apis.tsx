import { Server } from "lucide-react";
import { IconList } from "@/components/ui/icon-list";
import { getTexts } from "@/lib/messages/request-locale";
import type { NamedApi } from "@/lib/services/apis/find-api-names";

/** The APIs that the access is for (RFC 8707); it is valid nowhere else. */
export async function RequestedApis({ apis }: { apis: readonly NamedApi[] }) {
  if (apis.length === 0) return null;
  const t = await getTexts("consent");
  return (
    <section className="grid gap-3" aria-labelledby="requested-apis">
      <h2 id="requested-apis" className="font-semibold">
        {t("apis", { count: apis.length })}
      </h2>
      <IconList
        items={apis.map(({ identifier, name }) => ({
          key: identifier,
          icon: <Server aria-hidden />,
          title: <bdi className="wrap-anywhere">{name ?? identifier}</bdi>,
          description: name === null ? undefined : <span className="wrap-anywhere">{identifier}</span>,
        }))}
      />
    </section>
  );
}
