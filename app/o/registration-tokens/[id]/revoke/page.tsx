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
import { registrationTokensPath } from "@/lib/http/registration-token-flash";
import { getInitialAccessToken } from "@/lib/services/registrations/initial-access-tokens";
import { loadPage } from "../../../load-page";

export const metadata: Metadata = { title: "Revoke registration token" };

export default async function RevokeTokenPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = `${registrationTokensPath}${id}/revoke/`;
  const token = await loadPage(path, (context) => getInitialAccessToken(context, id));
  return (
    <PortalShell current={registrationTokensPath} width="narrow">
      <PageHeader
        breadcrumbs={[{ label: "Registration tokens", href: registrationTokensPath }]}
        title={`Revoke ${token.label}?`}
        description="Nothing can be registered with it from that moment on. This can't be undone."
      />
      <Card tone="danger">
        <div className="grid grid-cols-1 gap-6">
          <KeyValueList
            items={[
              { label: "Uses", value: `${token.uses} of ${token.maximumUses}` },
              { label: "Created", value: <AbsoluteTime date={token.createdAt} /> },
              { label: "Last used", value: token.lastUsedAt ? <RelativeTime date={token.lastUsedAt} /> : "Never" },
              { label: "Registered with it so far", value: "Those applications stay, and keep working" },
            ]}
          />
          <NativeForm action={`${path}submit`} csrf={await getCsrfToken()}>
            <FormActions>
              <Button type="submit" variant="danger">
                Revoke token
              </Button>
              <ButtonLink href={registrationTokensPath}>Cancel</ButtonLink>
            </FormActions>
          </NativeForm>
        </div>
      </Card>
    </PortalShell>
  );
}
