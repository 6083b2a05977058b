import { Check } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { IconList } from "@/components/ui/icon-list";
import { isScopeAllowed } from "@/lib/oauth/scope";
import type { Scope } from "@/lib/oauth/types";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";

/** Where answers may be sent. */
export function RedirectUrisCard({ uris }: { uris: readonly string[] }) {
  return (
    <Card title="Redirect URIs" description="The only addresses that a code is sent to.">
      {uris.length > 0 ? (
        <ul className="grid grid-cols-1 gap-2">
          {uris.map((uri) => (
            <li
              key={uri}
              className="flex min-w-0 items-center justify-between gap-2 rounded-md border border-line bg-sunken py-1 pr-1.5 pl-3"
            >
              <code className="min-w-0 font-mono text-[0.8125rem] break-all">{uri}</code>
              <CopyButton value={uri} what={`redirect URI ${uri}`} iconOnly />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">None: no person is sent back to this application.</p>
      )}
    </Card>
  );
}

/** What it may ask people for, as the sentences that they read. */
export function ScopesCard({ application, scopes }: { application: ApplicationDetails; scopes: readonly Scope[] }) {
  const allowed = scopes.filter((scope) => isScopeAllowed(application, scope));
  return (
    <Card
      title="Allowed scopes"
      description={
        application.allowedScopes.length > 0
          ? "All that the application may ask for."
          : "Every scope that isn't restricted, future ones too."
      }
    >
      <IconList
        items={allowed.map(({ name, description, isRestricted }) => ({
          key: name,
          icon: <Check aria-hidden />,
          title: description,
          description: (
            <span className="flex flex-wrap items-center gap-2">
              <code className="font-mono">{name}</code>
              {isRestricted && <Badge tone="warning">Restricted</Badge>}
            </span>
          ),
        }))}
      />
    </Card>
  );
}
