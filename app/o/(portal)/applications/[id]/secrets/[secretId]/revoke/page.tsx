import type { Metadata } from "next";
import { bdi } from "@/components/texts/rich-tags";
import { KeyValueList } from "@/components/ui/key-value-list";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { getApplication } from "@/lib/services/applications/get-application";
import { NotFoundError } from "@/lib/services/errors";
import { DangerForm, DangerPage } from "../../../../../_components/danger-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("credentials");
  return { title: t("revocation.title") };
}

interface Props {
  params: Promise<{ id: string; secretId: string }>;
}

export default async function RevokeSecretPage({ params }: Props) {
  const { id, secretId } = await params;
  const path = applicationPath(id);
  const { application, secret } = await loadPage(`${path}secrets/${secretId}/revoke/`, async (context) => {
    const application = await getApplication(context, { id }, "applications:write");
    const secret = application.secrets.find((candidate) => candidate.id === secretId);
    if (!secret) throw new NotFoundError("clientSecret");
    return { application, secret };
  });
  const t = await getTexts("credentials");
  const isLastOne = application.secrets.every(({ id, status }) => id === secretId || status !== "active");
  return (
    <DangerPage
      current="/o/applications/"
      breadcrumbs={[
        { label: (await getTexts("applications"))("title"), href: "/o/applications/" },
        { label: application.name, href: path },
      ]}
      title={t.rich("revocation.heading", { label: secret.label, bdi })}
      description={t(isLastOne ? "revocation.lastOne" : "revocation.oneOfSeveral")}
    >
      <KeyValueList
        items={[
          { label: t("revocation.endsIn"), value: `…${secret.lastFour}`, mono: true },
          { label: t("revocation.created"), value: <AbsoluteTime date={secret.createdAt} /> },
          {
            label: t("revocation.lastUsed"),
            value: secret.lastUsedAt ? <RelativeTime date={secret.lastUsedAt} /> : t("revocation.neverUsed"),
          },
          { label: t("revocation.tokens.label"), value: t("revocation.tokens.value") },
        ]}
      />
      <DangerForm
        action={`${path}secrets/${secretId}/revoke/submit`}
        label={t("revocation.submit")}
        cancelHref={`${path}credentials/`}
      />
    </DangerPage>
  );
}
