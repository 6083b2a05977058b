import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
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
import { getApplication } from "@/lib/services/applications/get-application";
import { NotFoundError } from "@/lib/services/errors";
import { secretLifetimes } from "../../../_components/secret-lifetimes";

export const metadata: Metadata = { title: "Roll client secret" };

/** By the hours for which the old secret keeps working. */
const overlaps = [
  { value: "0", label: "Now", description: "It was seen by someone who shouldn't have it." },
  { value: "1", label: "In an hour", description: "The new one is deployed right away." },
  { value: "24", label: "In a day" },
  { value: "168", label: "In 7 days" },
  { value: "720", label: "In 30 days" },
] as const;

type Props = { params: Promise<{ id: string; secretId: string }>; searchParams: SearchParams };

export default async function RollSecretPage({ params, searchParams }: Props) {
  const { id, secretId } = await params;
  const path = applicationPath(id);
  const ownPath = `${path}secrets/${secretId}/roll`;
  const { application, secret } = await loadPage(`${ownPath}/`, async (context) => {
    const application = await getApplication(context, id, "applications:write");
    const secret = application.secrets.find((candidate) => candidate.id === secretId && candidate.status === "active");
    if (!secret) throw new NotFoundError("The client secret");
    return { application, secret };
  });
  const flash = (await searchParams).rejected === "roll" ? await readFormFlash(ownPath) : null;
  return (
    <PortalShell current="/o/applications/" width="narrow">
      <PageHeader
        breadcrumbs={[
          { label: "Applications", href: "/o/applications/" },
          { label: application.name, href: path },
        ]}
        title={`Roll ${secret.label}`}
        description="A new secret takes its place and is shown once. Both work until the old one ends."
      />
      <Card>
        <div className="grid grid-cols-1 gap-6">
          <KeyValueList
            items={[
              {
                label: "The old secret",
                value: (
                  <>
                    ends in <code className="font-mono">…{secret.lastFour}</code>
                  </>
                ),
              },
              { label: "Last used", value: secret.lastUsedAt ? <RelativeTime date={secret.lastUsedAt} /> : "Never" },
              ...(secret.expiresAt
                ? [{ label: "Expires anyway", value: <AbsoluteTime date={secret.expiresAt} /> }]
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
              label="Label of the new secret"
              hint="Tells the two apart while both work."
              defaultValue={flash?.values.label ?? secret.label}
              error={flash?.fieldErrors.label?.join(" ")}
              maxLength={60}
              autoComplete="off"
            />
            <RadioCards
              id="overlap_hours"
              name="overlap_hours"
              label="When the old secret stops working"
              choices={overlaps}
              columns={2}
              defaultValue={flash?.values.overlap_hours || "24"}
              error={flash?.fieldErrors.overlapHours?.join(" ")}
            />
            <SelectField
              name="expires_in_days"
              label="When the new secret stops working"
              options={secretLifetimes}
              defaultValue={flash?.values.expires_in_days ?? "0"}
              error={flash?.fieldErrors.expiresInDays?.join(" ")}
            />
            <FormActions>
              <Button type="submit" variant="primary">
                Roll secret
              </Button>
              <ButtonLink href={`${path}#secrets`}>Cancel</ButtonLink>
            </FormActions>
          </NativeForm>
        </div>
      </Card>
    </PortalShell>
  );
}
