import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CheckboxField, TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader } from "@/components/ui/page-header";
import { PasswordField } from "@/components/ui/password-field";
import { getCsrfToken } from "@/lib/auth/csrf";
import { maximumPasswordLength, minimumPasswordLength } from "@/lib/auth/password-policy";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { usersPath } from "@/lib/http/paths";
import { requirePortalPage } from "@/lib/http/portal-page";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("users");
  return { title: t("create.title") };
}

export default async function CreateUserPage({ searchParams }: { searchParams: SearchParams }) {
  await requirePortalPage("users:write", `${usersPath}create/`);
  const { rejected } = await searchParams;
  const flash = rejected === undefined ? null : await readFormFlash("/admin/users/create");
  const { values = {}, fieldErrors = {} } = flash ?? {};
  const t = await getTexts("users");
  const field = (name: string) => ({
    name,
    defaultValue: values[name],
    error: fieldErrors[name]?.join(" "),
    autoFocus: Object.keys(fieldErrors)[0] === name,
    // Of someone else: what the browser knows of its own user doesn't belong here.
    autoComplete: "off",
  });
  return (
    <PortalShell current={usersPath} width="narrow">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: usersPath }]}
        title={t("create.title")}
        description={t("create.description")}
      />
      <NativeForm action={`${usersPath}create/submit`} csrf={await getCsrfToken()} className="grid grid-cols-1 gap-6">
        {fieldErrors.form && <Alert tone="danger" title={fieldErrors.form.join(" ")} announce />}
        <Card>
          <div className="grid grid-cols-1 gap-5">
            <TextField {...field("name")} label={t("create.name")} optional maxLength={200} />
            <TextField
              {...field("username")}
              label={t("create.username")}
              hint={t("create.usernameHint")}
              required
              autoCapitalize="none"
              spellCheck={false}
            />
            <div className="grid gap-2">
              <TextField {...field("email")} label={t("create.email")} inputMode="email" required />
              <CheckboxField
                name="email_verified"
                label={t("create.emailVerified")}
                hint={t("create.emailVerifiedHint")}
                defaultChecked={values.email_verified === "on"}
              />
            </div>
            <PasswordField
              name="password"
              label={t("create.password")}
              hint={t("create.passwordHint", { minimum: minimumPasswordLength, maximum: maximumPasswordLength })}
              error={fieldErrors.password?.join(" ")}
              autoFocus={Object.keys(fieldErrors)[0] === "password"}
              autoComplete="new-password"
              optional
            />
          </div>
        </Card>
        <FormActions>
          <Button type="submit" variant="primary">
            {t("create.submit")}
          </Button>
          <ButtonLink href={usersPath}>{t("create.cancel")}</ButtonLink>
        </FormActions>
      </NativeForm>
    </PortalShell>
  );
}
