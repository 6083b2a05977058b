import type { Metadata } from "next";
import { KeyValueList } from "@/components/ui/key-value-list";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import { getApplication } from "@/lib/services/applications/get-application";
import { NotFoundError } from "@/lib/services/errors";
import { DangerForm, DangerPage } from "../../../../../_components/danger-page";

export const metadata: Metadata = { title: "Revoke client secret" };

type Props = { params: Promise<{ id: string; secretId: string }> };

export default async function RevokeSecretPage({ params }: Props) {
  const { id, secretId } = await params;
  const path = applicationPath(id);
  const { application, secret } = await loadPage(`${path}secrets/${secretId}/revoke/`, async (context) => {
    const application = await getApplication(context, id, "applications:write");
    const secret = application.secrets.find((candidate) => candidate.id === secretId);
    if (!secret) throw new NotFoundError("The client secret");
    return { application, secret };
  });
  const isLastOne = application.secrets.every(({ id, status }) => id === secretId || status !== "active");
  return (
    <DangerPage
      current="/o/applications/"
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
    >
      <KeyValueList
        items={[
          { label: "Ends in", value: `…${secret.lastFour}`, mono: true },
          { label: "Created", value: <AbsoluteTime date={secret.createdAt} /> },
          { label: "Last used", value: secret.lastUsedAt ? <RelativeTime date={secret.lastUsedAt} /> : "Never" },
          { label: "Tokens given so far", value: "They stay valid until they expire" },
        ]}
      />
      <DangerForm
        action={`${path}secrets/${secretId}/revoke/submit`}
        label="Revoke secret"
        cancelHref={`${path}#secrets`}
      />
    </DangerPage>
  );
}
