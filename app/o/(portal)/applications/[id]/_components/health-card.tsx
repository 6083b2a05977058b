import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { ToneWord } from "@/components/ui/tone-word";
import { applicationPath, userPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { type ApplicationHealth, refusalDays } from "@/lib/services/applications/health/get-application-health";
import { tabPaths } from "./application-tabs";
import { FoldedPart } from "./folded-part";

type Finding = ApplicationHealth["findings"][number];

/** Where each finding is mended, below the page of the application. */
const places: Record<Exclude<Finding["code"], "ownerDisabled">, string> = {
  noSecret: `${tabPaths.credentials}#secrets`,
  secretsExpired: `${tabPaths.credentials}#secrets`,
  secretExpires: `${tabPaths.credentials}#secrets`,
  redirectUriMissing: `${tabPaths.signIn}#redirectUris`,
  plainHttp: `${tabPaths.signIn}#redirectUris`,
  similarRedirectUris: `${tabPaths.signIn}#redirectUris`,
  loopbackTwins: `${tabPaths.signIn}#redirectUris`,
  refusedSignIns: `${tabPaths.signIn}#redirectUris`,
  stayingSignedIn: `${tabPaths.signIn}#signOut`,
  pkceOptional: `${tabPaths.settings}#requests`,
  nobodyMayUse: tabPaths.people,
  openToEveryone: tabPaths.people,
  neverUsed: tabPaths.quickStart,
};

const icons: Record<Finding["severity"], ReactNode> = {
  danger: <OctagonAlert className="text-danger-text" aria-hidden />,
  warning: <TriangleAlert className="text-warning-text" aria-hidden />,
  info: <Info className="text-muted" aria-hidden />,
};

/** How many findings are shown before the others fold. */
const mostShown = 10;

export interface HealthCardProps {
  applicationId: string;
  health: ApplicationHealth;
  /** Null: the reader may not see users. */
  ownerId: string | null;
}

/** Whether an application works, when it was last used, and where to mend what is wrong. */
export async function HealthCard({ applicationId, health, ownerId }: HealthCardProps) {
  const t = await getTexts("applicationHealth");
  const { findings, lastSignInAt, lastTokenAt } = health;
  const isHealthy = findings.every(({ severity }) => severity === "info");
  const hrefOf = ({ code }: Finding) => {
    if (code === "ownerDisabled") return ownerId && userPath(ownerId);
    return applicationPath(applicationId, places[code]);
  };
  const list = (shown: readonly Finding[]) => (
    <FindingList items={shown.map((finding) => ({ finding, href: hrefOf(finding) }))} />
  );
  const folded = findings.slice(mostShown);
  return (
    <Card title={t("title")}>
      <div className="grid grid-cols-1 gap-4">
        {isHealthy && (
          <p className="flex items-center gap-2 font-medium [&>svg]:size-4">
            <CircleCheck className="text-success-text" aria-hidden />
            {t("healthy")}
          </p>
        )}
        {findings.length > 0 && list(findings.slice(0, mostShown))}
        {folded.length > 0 && <FoldedPart label={t("more", { count: folded.length })}>{list(folded)}</FoldedPart>}
        <KeyValueList
          items={[
            { label: t("lastSignIn"), value: lastSignInAt ? <RelativeTime date={lastSignInAt} /> : t("none") },
            { label: t("lastToken"), value: lastTokenAt ? <RelativeTime date={lastTokenAt} /> : t("none") },
          ]}
        />
      </div>
    </Card>
  );
}

async function FindingList({ items }: { items: readonly { finding: Finding; href: string | null }[] }) {
  const t = await getTexts("applicationHealth");
  const label = (chunks: ReactNode) => <bdi className="font-medium">{chunks}</bdi>;
  const code = (chunks: ReactNode) => <code className="font-mono text-note break-all">{chunks}</code>;
  return (
    <ul aria-label={t("found")} className="grid grid-cols-1 gap-3">
      {items.map(({ finding, href }) => (
        <li
          key={`${finding.code} ${JSON.stringify(finding.values)}`}
          className="flex gap-2.5 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0"
        >
          {icons[finding.severity]}
          <p className="min-w-0 max-w-prose wrap-anywhere">
            <ToneWord tone={finding.severity} />
            {t.rich(`findings.${finding.code}`, { ...valuesOf(finding), bdi: label, code })}{" "}
            {href && <TextLink href={href}>{t(`fixes.${finding.code}`)}</TextLink>}
          </p>
        </li>
      ))}
    </ul>
  );
}

function valuesOf({ code, values }: Finding): Finding["values"] {
  return code === "refusedSignIns" ? { ...values, days: refusalDays } : values;
}
