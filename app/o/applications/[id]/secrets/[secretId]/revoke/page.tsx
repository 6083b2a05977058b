import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { applicationPath } from "@/lib/http/secret-flash";
import { getApplication } from "@/lib/services/applications/get-application";
import { NotFoundError } from "@/lib/services/errors";
import { loadPage } from "../../../../../load-page";

export const metadata: Metadata = { title: "Revoke client secret" };

type Props = { params: Promise<{ id: string; secretId: string }> };

export default async function RevokeSecretPage({ params }: Props) {
  const { id, secretId } = await params;
  const path = applicationPath(id);
  const { application, secret } = await loadPage(`${path}secrets/${secretId}/revoke/`, async (context) => {
    const application = await getApplication(context, id);
    const secret = application.secrets.find((candidate) => candidate.id === secretId);
    if (!secret) throw new NotFoundError("The client secret");
    return { application, secret };
  });
  const isLastOne = application.secrets.every(({ id, status }) => id === secretId || status !== "active");
  return (
    <PortalShell current="/o/applications/" width="narrow">
      <PageHeader
        breadcrumbs={[
          { label: "Applications", href: "/o/applications/" },
          { label: application.name, href: path },
        ]}
        title={`Revoke ${secret.label}?`}
        description={
          isLastOne
            ? "It is the only active secret: without it the application gets no tokens until you add another. This can't be undone."
            : "Whatever still uses it gets no tokens from that moment on. The other active secrets go on working. This can't be undone."
        }
      />
      <Card tone="danger">
        <div className="grid grid-cols-1 gap-6">
          <KeyValueList
            items={[
              { label: "Ends in", value: `…${secret.lastFour}`, mono: true },
              { label: "Created", value: <AbsoluteTime date={secret.createdAt} /> },
              { label: "Last used", value: secret.lastUsedAt ? <RelativeTime date={secret.lastUsedAt} /> : "Never" },
              { label: "Tokens given so far", value: "They stay valid until they expire" },
            ]}
          />
          <NativeForm action={`${path}secrets/${secretId}/revoke/submit`} csrf={await getCsrfToken()}>
            <FormActions>
              <Button type="submit" variant="danger">
                Revoke secret
              </Button>
              <ButtonLink href={`${path}#secrets`}>Cancel</ButtonLink>
            </FormActions>
          </NativeForm>
        </div>
      </Card>
    </PortalShell>
  );
}
