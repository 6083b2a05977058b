import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import { getTexts } from "@/lib/messages/request-locale";
import type { UserDetails } from "@/lib/services/users/manage/get-user";

/** What nobody types: when the account was created and used, and the IDs by which it is known. */
export async function AccountFacts({ user }: { user: UserDetails }) {
  const t = await getTexts("users");
  const { lastSignInAt, createdAt, updatedAt, ownedApplications } = user;
  return (
    <Card title={t("facts.title")}>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-3.5 sm:grid-cols-2 xl:grid-cols-1">
        <Fact label={t("facts.lastSignIn")}>{lastSignInAt ? <RelativeTime date={lastSignInAt} /> : t("never")}</Fact>
        <Fact label={t("facts.role")}>{t(`roles.${user.portalRole ?? "none"}`)}</Fact>
        <Fact label={t("facts.created")}>
          <AbsoluteTime date={createdAt} />
        </Fact>
        <Fact label={t("facts.updated")}>
          <RelativeTime date={updatedAt} />
        </Fact>
        {ownedApplications > 0 && (
          <Fact label={t("facts.ownedApplications")}>{t("facts.number", { value: ownedApplications })}</Fact>
        )}
        <Fact label={t("facts.subject")} copy={user.subject} />
        {user.id !== user.subject && <Fact label={t("facts.userId")} copy={user.id} />}
      </dl>
    </Card>
  );
}

/** With `copy` the value is that text, and has a button. */
function Fact({ label, copy, children }: { label: string; copy?: string; children?: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-0.5">
      <dt className="text-note text-muted">{label}</dt>
      <dd className="flex min-w-0 items-start justify-between gap-1">
        {copy === undefined ? (
          children
        ) : (
          <>
            <code dir="ltr" className="min-w-0 py-1 font-mono text-xs break-all">
              {copy}
            </code>
            <CopyButton value={copy} what={label} iconOnly />
          </>
        )}
      </dd>
    </div>
  );
}
