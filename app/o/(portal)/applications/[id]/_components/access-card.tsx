import { Check } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { IconList } from "@/components/ui/icon-list";
import type { Scope } from "@/lib/oauth/ports/types";
import { isScopeAllowed } from "@/lib/oauth/scope/scope";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";

/** Where responses may be sent. */
export function RedirectUrisCard({ uris }: { uris: readonly string[] }) {
  return (
    <Card title="Redirect URIs" description="The only addresses that codes are sent to.">
      {uris.length > 0 ? (
        <CopyList values={uris} what="redirect URI" />
      ) : (
        <p className="text-muted">None: no person is sent back to this application.</p>
      )}
    </Card>
  );
}

/** Whose scripts may read the token endpoint's answers to this application. */
export function OriginsCard({ origins }: { origins: readonly string[] }) {
  return (
    <Card title="Allowed origins" description="Scripts from there may fetch this application's tokens (CORS).">
      <CopyList values={origins} what="origin" />
    </Card>
  );
}

/** The names of the public keys with which it authenticates, or the address of its keys. */
export function KeysCard({ application }: { application: ApplicationDetails }) {
  const { jwks, jwksUri } = application;
  return (
    <Card title="Public keys" description="Keys that verify what the application signs.">
      {jwksUri !== null && <CopyList values={[jwksUri]} what="address of the keys" />}
      {jwks && (
        <ul className="grid grid-cols-1 gap-2">
          {jwks.keys.map((key, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a key needs no name, and the list is never reordered.
              key={index}
              className="flex min-w-0 flex-wrap items-center justify-between gap-2 rounded-md border border-line bg-sunken px-3 py-2"
            >
              <code className="min-w-0 font-mono text-[0.8125rem] break-all">{key.kid ?? "Without a kid"}</code>
              <span className="text-[0.8125rem] text-muted">
                {[key.crv ?? key.kty, key.alg, key.use].filter(Boolean).join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function CopyList({ values, what }: { values: readonly string[]; what: string }) {
  return (
    <ul className="grid grid-cols-1 gap-2">
      {values.map((value) => (
        <li
          key={value}
          className="flex min-w-0 items-center justify-between gap-2 rounded-md border border-line bg-sunken py-1 pr-1.5 pl-3"
        >
          <code className="min-w-0 font-mono text-[0.8125rem] break-all">{value}</code>
          <CopyButton value={value} what={`${what} ${value}`} iconOnly />
        </li>
      ))}
    </ul>
  );
}

/** What it may request, in the sentences that users read. */
export function ScopesCard({ application, scopes }: { application: ApplicationDetails; scopes: readonly Scope[] }) {
  const allowed = scopes.filter((scope) => isScopeAllowed(application, scope));
  return (
    <Card
      title="Allowed scopes"
      description={
        application.allowedScopes.length > 0 && !application.registeredDynamically
          ? "Scopes that the application may request."
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
