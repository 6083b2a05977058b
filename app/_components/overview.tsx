import { AppWindow, Plus, ShieldCheck } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { ApplicationSummary } from "@/lib/services/applications/list-applications";
import type { Authorization } from "@/lib/services/authorizations/list-authorizations";
import { ApplicationLinks } from "./application-links";
import { describeRegistrant } from "./describe-registrant";

const shown = 4;

export type OverviewProps = {
  username: string;
  /** Whether it lists every application of the server, not only the reader's own. */
  seesAllApplications: boolean;
  applications: readonly ApplicationSummary[];
  authorizations: readonly Authorization[];
};

/** The start page of a signed-in user: what they have registered and what they have authorized. */
export function Overview({ username, seesAllApplications, applications, authorizations }: OverviewProps) {
  return (
    <>
      <PageHeader
        title={
          <>
            Hello, <bdi>{username}</bdi>
          </>
        }
        description={seesAllApplications ? "You administer this server and all of its applications." : undefined}
      />
      <div className="grid gap-5 pb-5 lg:grid-cols-2">
        <Card
          title={seesAllApplications ? "Applications" : "Your applications"}
          description="Newest first."
          flush
          actions={
            applications.length > 0 && (
              <ButtonLink href="/o/applications/register/" size="sm" icon={<Plus aria-hidden />}>
                Register
              </ButtonLink>
            )
          }
          footer={applications.length > 0 && <TextLink href="/o/applications/">All applications</TextLink>}
        >
          {applications.length > 0 ? (
            <ApplicationLinks
              items={applications.slice(0, shown).map(({ id, name, clientType, disabled }) => ({
                id,
                href: `/o/applications/${id}/`,
                name,
                detail: disabled ? "Disabled" : `${clientType === "public" ? "Public" : "Confidential"} client`,
              }))}
            />
          ) : (
            <EmptyState
              icon={<AppWindow aria-hidden />}
              title="Register your first application"
              description="You get a client ID, a client secret and commands to try them with."
              action={
                <ButtonLink href="/o/applications/register/" variant="primary" icon={<Plus aria-hidden />}>
                  Register an application
                </ButtonLink>
              }
            />
          )}
        </Card>
        <AuthorizedCard authorizations={authorizations} />
      </div>
    </>
  );
}

function AuthorizedCard({ authorizations }: { authorizations: readonly Authorization[] }) {
  const some = authorizations.length > 0;
  return (
    <Card
      title="Authorized applications"
      description="Applications with access to your account."
      flush
      footer={some && <TextLink href="/o/authorized_tokens/">All authorized applications</TextLink>}
    >
      {some ? (
        <ApplicationLinks
          items={authorizations.slice(0, shown).map((authorization) => ({
            id: authorization.applicationId,
            href: "/o/authorized_tokens/",
            name: authorization.name,
            detail: describeRegistrant(authorization),
          }))}
        />
      ) : (
        <EmptyState
          icon={<ShieldCheck aria-hidden />}
          title="No authorized applications yet"
          description="Applications that you authorize appear here. You can revoke their access at any time."
        />
      )}
    </Card>
  );
}
