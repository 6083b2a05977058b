import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/link";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { ResourceServer } from "@/lib/services/apis/get-api";

export interface ResourceServersCardProps {
  resourceServers: readonly ResourceServer[];
  /** Where they are chosen; null for readers who may not. */
  editHref: string | null;
}

/** The applications that may introspect the API's tokens. */
export async function ResourceServersCard({ resourceServers, editHref }: ResourceServersCardProps) {
  const t = await getTexts("apis");
  return (
    <Card title={t("resourceServers.title")} description={t("resourceServers.description")}>
      {resourceServers.length > 0 ? (
        <ul className="grid grid-cols-1 gap-3">
          {resourceServers.map(({ id, name, clientId, disabled }) => (
            <li key={id} className="grid min-w-0 gap-0.5">
              <span className="flex flex-wrap items-center gap-2">
                <TextLink href={applicationPath(id)} className="wrap-anywhere">
                  {name}
                </TextLink>
                {disabled && <Badge tone="danger">{t("resourceServers.disabled")}</Badge>}
              </span>
              <code className="font-mono text-note break-all text-muted">{clientId}</code>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">
          {t.rich("resourceServers.none", {
            edit: (chunks) => (editHref === null ? chunks : <TextLink href={editHref}>{chunks}</TextLink>),
          })}
        </p>
      )}
    </Card>
  );
}
