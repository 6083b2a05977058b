import type { Metadata } from "next";
import { ValueFields } from "@/app/_components/attributes/value-fields";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getOwnAttributes } from "@/lib/services/attributes/own-attributes";
import { NotFoundError } from "@/lib/services/errors";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("ownAttributes");
  return { title: t("title") };
}

export default async function OwnAttributesPage({ searchParams }: { searchParams: SearchParams }) {
  const attributes = await loadPage("/account/attributes/", async (context) => {
    const changeable = (await getOwnAttributes(context)).filter((attribute) => attribute.changeable);
    if (changeable.length === 0) throw new NotFoundError("attribute");
    return changeable;
  });
  const { rejected } = await searchParams;
  const [t, account] = [await getTexts("ownAttributes"), await getTexts("account")];
  return (
    <PortalShell width="narrow">
      <PageHeader
        breadcrumbs={[{ label: account("title"), href: "/account/" }]}
        title={t("title")}
        description={t("explanation")}
      />
      <Card>
        <NativeForm action="/account/attributes/submit" csrf={await getCsrfToken()} className="fields">
          <ValueFields
            attributes={attributes}
            rejected={rejected === undefined ? null : await readFormFlash("/account/attributes")}
            t={t}
          />
          <FormActions>
            <Button type="submit" variant="primary">
              {t("submit")}
            </Button>
            <ButtonLink href="/account/">{account("cancel")}</ButtonLink>
          </FormActions>
        </NativeForm>
      </Card>
    </PortalShell>
  );
}
