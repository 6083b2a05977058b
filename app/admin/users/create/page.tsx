import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RadioCards } from "@/components/ui/choice-cards";
import { CheckboxField, TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { PasswordField } from "@/components/ui/password-field";
import { getCsrfToken } from "@/lib/auth/csrf";
import { maximumPasswordLength, minimumPasswordLength } from "@/lib/auth/password-policy";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { invitationsPath, usersPath } from "@/lib/http/paths";
import { requirePortalPage } from "@/lib/http/portal-page";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { canSendMail } from "@/lib/services/mail/queue-message";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("users");
  return { title: t("create.title") };
}

export default async function CreateUserPage({ searchParams }: { searchParams: SearchParams }) {
  const context = await requirePortalPage("users:write", `${usersPath}create/`);
  const { rejected } = await searchParams;
  const flash = rejected === undefined ? null : await readFormFlash("/admin/users/create");
  const { values = {}, fieldErrors = {} } = flash ?? {};
  const t = await getTexts("users");
  const methods = (["email", "copy", "password"] as const).filter(
    (method) => method !== "email" || canSendMail(context.settings),
  );
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
        description={
          <>
            {t("create.description")}
            {can(context.actor, "invitations:write") && (
              <>
                {" "}
                {t.rich("create.invite", {
                  a: (chunks) => <TextLink href={`${invitationsPath}create/`}>{chunks}</TextLink>,
                })}
              </>
            )}
          </>
        }
      />
      <NativeForm
        action={`${usersPath}create/submit`}
        csrf={await getCsrfToken()}
        className="group/user grid grid-cols-1 gap-6"
      >
        {fieldErrors.form && <Alert tone="danger" title={fieldErrors.form.join(" ")} announce />}
        <Card>
          <div className="fields">
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
            <RadioCards
              name="method"
              label={t("create.access")}
              columns={methods.length === 3 ? 3 : 2}
              defaultValue={values.method ?? (methods.includes("email") ? "email" : "password")}
              error={fieldErrors.delivery?.join(" ")}
              choices={methods.map((value) => ({
                value,
                label: t(`create.methods.${value}.label`),
                description: t(`create.methods.${value}.description`),
              }))}
            />
            <div className="hidden group-has-[[value=password]:checked]/user:block">
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
