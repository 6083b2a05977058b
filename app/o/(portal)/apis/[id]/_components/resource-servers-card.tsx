import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/link";
import { applicationPath } from "@/lib/http/paths";
import type { ResourceServer } from "@/lib/services/apis/get-api";

export interface ResourceServersCardProps {
  resourceServers: readonly ResourceServer[];
  /** Where they are chosen. */
  editHref: string;
}

/** The applications that may introspect the API's tokens. */
export function ResourceServersCard({ resourceServers, editHref }: ResourceServersCardProps) {
  return (
    <Card title="Resource servers" description="They may introspect every token for this API.">
      {resourceServers.length > 0 ? (
        <ul className="grid grid-cols-1 gap-3">
          {resourceServers.map(({ id, name, clientId, disabled }) => (
            <li key={id} className="grid min-w-0 gap-0.5">
              <span className="flex flex-wrap items-center gap-2">
                <TextLink href={applicationPath(id)} className="wrap-anywhere">
                  {name}
                </TextLink>
                {disabled && <Badge tone="danger">Disabled</Badge>}
              </span>
              <code className="font-mono text-[0.8125rem] break-all text-muted">{clientId}</code>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">
          None yet. Register an application for the API itself, then{" "}
          <TextLink href={editHref}>add its client ID here</TextLink>.
        </p>
      )}
    </Card>
  );
}
