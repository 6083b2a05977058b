import { AppWindow, Plus, ShieldCheck } from "lucide-react";
import { bdi } from "@/components/texts/rich-tags";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { getTexts } from "@/lib/messages/request-locale";
import type { ApplicationSummary } from "@/lib/services/applications/list-applications";
import type { Authorization } from "@/lib/services/authorizations/list-authorizations";
import { ApplicationLinks } from "./application-links";
import { describeRegistrant } from "./describe-registrant";

const shown = 4;

export interface OverviewProps {
  username: string;
  /** Whether it lists every application of the server, not only the reader's own. */
  seesAllApplications: boolean;
  /** Whether the reader may register applications. */
  registers: boolean;
  applications: readonly ApplicationSummary[];
  authorizations: readonly Authorization[];
}

/** The start page of a signed-in user: what they have registered and what they have authorized. */
export async function Overview(props: OverviewProps) {
  const { username, seesAllApplications, registers, applications, authorizations } = props;
  const t = await getTexts("home");
  return (
    <>
      <PageHeader
        title={t.rich("greeting", { username, bdi })}
        description={seesAllApplications ? t("administrator") : undefined}
      />
      <div className="grid gap-5 pb-5 lg:grid-cols-2">
        <Card
          title={t(seesAllApplications ? "applications.every" : "applications.own")}
          description={t("applications.order")}
          flush
          actions={
            registers &&
            applications.length > 0 && (
              <ButtonLink href="/o/applications/register/" size="sm" icon={<Plus aria-hidden />}>
                {t("applications.register")}
              </ButtonLink>
            )
          }
          footer={applications.length > 0 && <TextLink href="/o/applications/">{t("applications.list")}</TextLink>}
        >
          {applications.length > 0 ? (
            <ApplicationLinks
              items={applications.slice(0, shown).map(({ id, name, clientType, disabled }) => ({
                id,
                href: `/o/applications/${id}/`,
                name,
                detail: t(`applications.${disabled ? "disabled" : clientType}`),
              }))}
            />
          ) : (
            <EmptyState
              icon={<AppWindow aria-hidden />}
              title={t("applications.none.title")}
              description={registers ? t("applications.none.explanation") : undefined}
              action={
                registers && (
                  <ButtonLink href="/o/applications/register/" variant="primary" icon={<Plus aria-hidden />}>
                    {t("applications.none.action")}
                  </ButtonLink>
                )
              }
            />
          )}
        </Card>
        <AuthorizedCard authorizations={authorizations} />
      </div>
    </>
  );
}

async function AuthorizedCard({ authorizations }: { authorizations: readonly Authorization[] }) {
  const [t, authorizationTexts] = [await getTexts("home"), await getTexts("authorizations")];
  const some = authorizations.length > 0;
  return (
    <Card
      title={t("authorized.title")}
      description={t("authorized.explanation")}
      flush
      footer={some && <TextLink href="/o/authorized_tokens/">{t("authorized.list")}</TextLink>}
    >
      {some ? (
        <ApplicationLinks
          items={authorizations.slice(0, shown).map((authorization) => ({
            id: authorization.applicationId,
            href: "/o/authorized_tokens/",
            name: authorization.name,
            detail: describeRegistrant(authorization, authorizationTexts),
          }))}
        />
      ) : (
        <EmptyState
          icon={<ShieldCheck aria-hidden />}
          title={t("authorized.none.title")}
          description={t("authorized.none.explanation")}
        />
      )}
    </Card>
  );
}
