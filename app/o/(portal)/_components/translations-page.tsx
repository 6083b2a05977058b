import type { ReactNode } from "react";
import { PortalShell, type PortalShellProps } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import { languagesPath } from "@/lib/http/paths";
import { localeNames, offeredLocales } from "@/lib/messages/locales";
import { getTexts } from "@/lib/messages/request-locale";
import { getTranslations } from "@/lib/services/translations/get-translations";
import type { TranslatedObject } from "@/lib/services/translations/translated";
import { maximumLengths } from "@/lib/services/translations/translations-schema";
import { translationsFlashPath } from "./translations-flash";

export interface TranslationsPageProps {
  object: TranslatedObject;
  current: PortalShellProps["current"];
  /** Where it is listed. */
  list: { label: string; href: string };
  /** Its own page. */
  href: string;
  /** Whether the form has just been refused. */
  rejected: boolean;
}

/** A field for each language, for what end users are told of an application, API or scope. */
export async function TranslationsPage({
  object,
  current,
  list,
  href,
  rejected,
}: TranslationsPageProps): Promise<ReactNode> {
  const path = languagesPath(object.kind, object.id);
  const translated = await loadPage(path, (context) => getTranslations(context, object));
  const kept = rejected ? await readFormFlash(translationsFlashPath(object)) : null;
  // The pages of all scopes have one path.
  const flash = kept?.values.object === object.id ? kept : null;
  const t = await getTexts("translations");
  return (
    <PortalShell current={current} width="narrow">
      <PageHeader
        breadcrumbs={[list, { label: translated.name, href }]}
        title={t("title", { name: translated.name })}
        description={t(`descriptions.${object.kind}`)}
      />
      <NativeForm
        action={path.replace("languages/", "languages/submit")}
        csrf={await getCsrfToken()}
        className="grid gap-6"
      >
        <Card>
          <Section title={t(`given.${object.kind}`)}>
            <p className="wrap-anywhere">
              <bdi>{translated.text}</bdi>
            </p>
          </Section>
          <Section title={t("heading")}>
            {offeredLocales.map((locale) => (
              <TextField
                key={locale}
                id={locale}
                name={`text#${locale}`}
                label={<span lang={locale}>{localeNames[locale]}</span>}
                lang={locale}
                maxLength={maximumLengths[object.kind]}
                placeholder={translated.registered[locale]}
                defaultValue={flash?.values[locale] ?? translated.translations[locale]}
                error={flash?.fieldErrors[locale]?.join(" ")}
                autoComplete="off"
              />
            ))}
          </Section>
        </Card>
        <FormActions>
          <Button type="submit" variant="primary">
            {t("save")}
          </Button>
          <ButtonLink href={href}>{t("cancel")}</ButtonLink>
        </FormActions>
      </NativeForm>
    </PortalShell>
  );
}
