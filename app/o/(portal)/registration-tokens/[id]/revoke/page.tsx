import type { Metadata } from "next";
import { KeyValueList } from "@/components/ui/key-value-list";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import { loadPage } from "@/lib/http/load-page";
import { registrationTokensPath } from "@/lib/http/paths";
import { getInitialAccessToken } from "@/lib/services/registrations/initial-access-tokens";
import { DangerForm, DangerPage } from "../../../_components/danger-page";

export const metadata: Metadata = { title: "Revoke initial access token" };

export default async function RevokeTokenPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = `${registrationTokensPath}${id}/revoke/`;
  const token = await loadPage(path, (context) => getInitialAccessToken(context, id));
  return (
    <DangerPage
      current={registrationTokensPath}
      breadcrumbs={[{ label: "Initial access tokens", href: registrationTokensPath }]}
      title={`Revoke ${token.label}?`}
      description="No applications can be registered with it any more. This can't be undone."
    >
      <KeyValueList
        items={[
          { label: "Uses", value: `${token.uses} of ${token.maximumUses}` },
          { label: "Created", value: <AbsoluteTime date={token.createdAt} /> },
          { label: "Last used", value: token.lastUsedAt ? <RelativeTime date={token.lastUsedAt} /> : "Never" },
          { label: "Registered with it", value: "These applications keep working" },
        ]}
      />
      <DangerForm action={`${path}submit`} label="Revoke token" cancelHref={registrationTokensPath} />
    </DangerPage>
  );
}
