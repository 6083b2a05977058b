import { Check } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { IconList } from "@/components/ui/icon-list";
import { getTexts } from "@/lib/messages/request-locale";
import type { Scope } from "@/lib/oauth/ports/types";
import { isScopeAllowed } from "@/lib/oauth/scope/scope";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";

/** Where responses may be sent. */
export async function RedirectUrisCard({ uris }: { uris: readonly string[] }) {
  const t = await getTexts("applications");
  return (
    <Card title={t("redirectUris.title")} description={t("redirectUris.description")}>
      {uris.length > 0 ? (
        <CopyList values={uris} describe={(value) => t("redirectUris.copy", { value })} />
      ) : (
        <p className="text-muted">{t("redirectUris.none")}</p>
      )}
    </Card>
  );
}

/** Whose scripts may read the token endpoint's answers to this application. */
export async function OriginsCard({ origins }: { origins: readonly string[] }) {
  const t = await getTexts("applications");
  return (
    <Card title={t("origins.title")} description={t("origins.description")}>
      <CopyList values={origins} describe={(value) => t("origins.copy", { value })} />
    </Card>
  );
}

/** The names of the public keys with which it authenticates, or the address of its keys. */
export async function KeysCard({ application }: { application: ApplicationDetails }) {
  const t = await getTexts("applications");
  const { jwks, jwksUri } = application;
  return (
    <Card title={t("keys.title")} description={t("keys.description")}>
      {jwksUri !== null && <CopyList values={[jwksUri]} describe={(value) => t("keys.copy", { value })} />}
      {jwks && (
        <ul className="grid grid-cols-1 gap-2">
          {jwks.keys.map((key, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a key needs no name, and the list is never reordered.
              key={index}
              className="flex min-w-0 flex-wrap items-center justify-between gap-2 rounded-md border border-line bg-sunken px-3 py-2"
            >
              <code className="min-w-0 font-mono text-note break-all">{key.kid ?? t("keys.withoutId")}</code>
              <span className="text-note text-muted">
                {[key.crv ?? key.kty, key.alg, key.use].filter(Boolean).join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

interface CopyListProps {
  values: readonly string[];
  /** What the copy button of a value copies, in words. */
  describe: (value: string) => string;
}

function CopyList({ values, describe }: CopyListProps) {
  return (
    <ul className="grid grid-cols-1 gap-2">
      {values.map((value) => (
        <li
          key={value}
          className="flex min-w-0 items-center justify-between gap-2 rounded-md border border-line bg-sunken py-1 ps-3 pe-1.5"
        >
          <code className="min-w-0 font-mono text-note break-all">{value}</code>
          <CopyButton value={value} what={describe(value)} iconOnly />
        </li>
      ))}
    </ul>
  );
}

/** What it may request, in the sentences that users read. */
export async function ScopesCard({
  application,
  scopes,
}: {
  application: ApplicationDetails;
  scopes: readonly Scope[];
}) {
  const t = await getTexts("applications");
  const allowed = scopes.filter((scope) => isScopeAllowed(application, scope));
  return (
    <Card
      title={t("scopes.title")}
      description={t(
        application.allowedScopes.length > 0 && !application.registeredDynamically
          ? "scopes.listed"
          : "scopes.unrestricted",
      )}
    >
      <IconList
        items={allowed.map(({ name, description, isRestricted }) => ({
          key: name,
          icon: <Check aria-hidden />,
          title: description,
          description: (
            <span className="flex flex-wrap items-center gap-2">
              <code className="font-mono">{name}</code>
              {isRestricted && <Badge tone="warning">{t("scopes.restricted")}</Badge>}
            </span>
          ),
        }))}
      />
    </Card>
  );
}
