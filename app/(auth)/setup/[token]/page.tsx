import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { getCsrfToken } from "@/lib/auth/csrf";
import { maximumPasswordLength, minimumPasswordLength } from "@/lib/auth/password-policy";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { getTexts } from "@/lib/messages/request-locale";
import { isSetupLinkUsable } from "@/lib/services/setup/setup-link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("setup");
  return { title: t("title") };
}

export default async function SetupPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if (!(await isSetupLinkUsable(token))) notFound();
  const { values, fieldErrors } = (await readFormFlash(`/setup/${encodeURIComponent(token)}`)) ?? {
    values: {},
    fieldErrors: {},
  };
  const firstAtFault = ["username", "email", "password", "password_again"].find((name) => fieldErrors[name]);
  const field = (name: string) => ({
    name,
    error: fieldErrors[name]?.join(" "),
    autoFocus: name === (firstAtFault ?? "username"),
    required: true,
  });
  const t = await getTexts("setup");
  return (
    <AuthShell title={t("title")} description={t("explanation")}>
      <NativeForm action={`/setup/${encodeURIComponent(token)}/submit`} csrf={await getCsrfToken()} className="fields">
        <TextField
          {...field("username")}
          label={t("username")}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          defaultValue={values.username}
        />
        <TextField
          {...field("email")}
          // Not type="email", in which browsers reject letters outside ASCII (RFC 6531).
          inputMode="email"
          label={t("email")}
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={values.email}
        />
        <PasswordField
          {...field("password")}
          label={t("password")}
          hint={t("passwordHint", { minimum: minimumPasswordLength, maximum: maximumPasswordLength })}
          autoComplete="new-password"
        />
        <PasswordField {...field("password_again")} label={t("passwordAgain")} autoComplete="new-password" />
        <Button type="submit" variant="primary" size="lg" block>
          {t("submit")}
        </Button>
      </NativeForm>
    </AuthShell>
  );
}
