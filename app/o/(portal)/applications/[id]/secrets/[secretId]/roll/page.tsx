import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { bdi } from "@/components/texts/rich-tags";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RadioCards } from "@/components/ui/choice-cards";
import { SelectField, TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getApplication } from "@/lib/services/applications/get-application";
import { NotFoundError } from "@/lib/services/errors";
import { requireRecentPassword } from "@/lib/services/sessions/require-recent-password";
import { listSecretLifetimes } from "../../../_components/secret-lifetimes";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("credentials");
  return { title: t("roll.title") };
}

/** By the hours for which the old secret keeps working. */
const overlaps = [
  { value: "0", description: "roll.overlaps.0.description" },
  { value: "1", description: "roll.overlaps.1.description" },
  { value: "24" },
  { value: "168" },
  { value: "720" },
] as const;

interface Props {
  params: Promise<{ id: string; secretId: string }>;
  searchParams: SearchParams;
}

export default async function RollSecretPage({ params, searchParams }: Props) {
  const { id, secretId } = await params;
  const path = applicationPath(id);
  const ownPath = `${path}secrets/${secretId}/roll`;
  const { application, secret } = await loadPage(`${ownPath}/`, async (context) => {
    const application = await getApplication(context, { id }, "applications:write");
    const secret = application.secrets.find((candidate) => candidate.id === secretId && candidate.status === "active");
    if (!secret) throw new NotFoundError("clientSecret");
    requireRecentPassword(context);
    return { application, secret };
  });
  const flash = (await searchParams).rejected === "roll" ? await readFormFlash(ownPath) : null;
  const t = await getTexts("credentials");
  return (
    <PortalShell current="/o/applications/" width="narrow">
      <PageHeader
        breadcrumbs={[
          { label: (await getTexts("applications"))("title"), href: "/o/applications/" },
          { label: application.name, href: path },
        ]}
        title={t.rich("roll.heading", { label: secret.label, bdi })}
        description={t("roll.description")}
      />
      <Card>
        <div className="grid grid-cols-1 gap-6">
          <KeyValueList
            items={[
              {
                label: t("roll.oldSecret"),
                value: t.rich("secrets.endsIn", {
                  lastFour: secret.lastFour,
                  code: (chunks) => <code className="font-mono">{chunks}</code>,
                }),
              },
              {
                label: t("roll.lastUsed"),
                value: secret.lastUsedAt ? <RelativeTime date={secret.lastUsedAt} /> : t("roll.neverUsed"),
              },
              ...(secret.expiresAt
                ? [{ label: t("roll.expiresAnyway"), value: <AbsoluteTime date={secret.expiresAt} /> }]
                : []),
            ]}
          />
          <NativeForm
            action={`${path}secrets/${secretId}/roll/submit`}
            csrf={await getCsrfToken()}
            className="grid grid-cols-1 gap-6"
          >
            <TextField
              name="label"
              label={t("roll.newLabel.label")}
              hint={t("roll.newLabel.hint")}
              defaultValue={flash?.values.label ?? secret.label}
              error={flash?.fieldErrors.label?.join(" ")}
              maxLength={60}
              autoComplete="off"
            />
            <RadioCards
              id="overlap_hours"
              name="overlap_hours"
              label={t("roll.overlap")}
              choices={overlaps.map((overlap) => ({
                value: overlap.value,
                label: t(`roll.overlaps.${overlap.value}.label`),
                description: "description" in overlap && t(overlap.description),
              }))}
              columns={2}
              defaultValue={flash?.values.overlap_hours || "24"}
              error={flash?.fieldErrors.overlapHours?.join(" ")}
            />
            <SelectField
              name="expires_in_days"
              label={t("roll.lifetime")}
              options={listSecretLifetimes(t)}
              defaultValue={flash?.values.expires_in_days ?? "0"}
              error={flash?.fieldErrors.expiresInDays?.join(" ")}
            />
            <FormActions>
              <Button type="submit" variant="primary">
                {t("roll.submit")}
              </Button>
              <ButtonLink href={`${path}credentials/`}>{t("roll.cancel")}</ButtonLink>
            </FormActions>
          </NativeForm>
        </div>
      </Card>
    </PortalShell>
  );
}
