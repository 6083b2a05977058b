import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/form-flash";
import { applicationPath } from "@/lib/http/secret-flash";
import { describeDeletion } from "@/lib/services/applications/delete-application";
import { loadPage } from "../../../load-page";
import { LossList } from "../_components/loss-list";

export const metadata: Metadata = { title: "Delete application" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DeleteApplicationPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = applicationPath(id);
  const consequences = await loadPage(`${path}delete/`, (context) => describeDeletion(context, id));
  const { name } = consequences;
  const { rejected } = await searchParams;
  const flash = rejected === "name" ? await readFormFlash() : null;
  return (
    <PortalShell current="/o/applications/" width="narrow">
      <PageHeader
        breadcrumbs={[
          { label: "Applications", href: "/o/applications/" },
          { label: name, href: path },
        ]}
        title={`Delete ${name}?`}
        description="This can't be undone. Its client id and its secrets stop working at once."
      />
      <Card title="What goes with it" tone="danger">
        <div className="grid grid-cols-1 gap-6">
          <LossList consequences={consequences} />
          <NativeForm action={`${path}delete/submit`} csrf={await getCsrfToken()} className="grid grid-cols-1 gap-5">
            <TextField
              name="confirmed_name"
              label="Type the name to confirm"
              hint={
                <>
                  The name is <strong className="font-semibold wrap-anywhere text-text">{name}</strong>
                </>
              }
              defaultValue={flash?.values.confirmed_name}
              error={flash?.fieldErrors.confirmedName?.join(" ")}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
            <FormActions>
              <Button type="submit" variant="danger">
                Delete application
              </Button>
              <ButtonLink href={path}>Cancel</ButtonLink>
            </FormActions>
          </NativeForm>
        </div>
      </Card>
    </PortalShell>
  );
}
