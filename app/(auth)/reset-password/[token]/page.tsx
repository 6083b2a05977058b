import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { getCsrfToken } from "@/lib/auth/csrf";
import { maximumPasswordLength, minimumPasswordLength } from "@/lib/auth/password-policy";
import { type FormFlash, readFormFlash } from "@/lib/http/forms/form-flash";
import { loadLink } from "@/lib/http/load-link";
import { resetPasswordPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { openPasswordResetLink } from "@/lib/services/password-reset/reset-password-by-link";
import { TooManyRequests } from "../../_components/too-many-requests";
import { UnusableLink } from "../../_components/unusable-link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("passwordReset");
  return { title: t("documentTitle") };
}

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const opened = await loadLink((context) => openPasswordResetLink(context, { token }));
  if (opened.kind === "refused") return <TooManyRequests retryAfter={opened.retryAfter} />;
  const t = await getTexts("passwordReset");
  if (opened.kind === "unusable") {
    return (
      <UnusableLink
        title={t("invalid.title")}
        explanation={t("invalid.explanation")}
        advice={t("invalid.advice")}
        signIn={t("invalid.signIn")}
      />
    );
  }
  const { username, isFirst } = opened.link;
  const path = resetPasswordPath(token);
  const fieldErrors: FormFlash["fieldErrors"] = (await readFormFlash(path))?.fieldErrors ?? {};
  const field = (name: "password" | "password_again") => ({
    name,
    error: fieldErrors[name]?.join(" "),
    required: true,
  });
  const isRepeatedWrong = !fieldErrors.password && Boolean(fieldErrors.password_again);
  return (
    <AuthShell
      title={t(isFirst ? "first.title" : "title")}
      description={t(isFirst ? "first.explanation" : "explanation")}
    >
      <NativeForm action={`${path}/submit`} csrf={await getCsrfToken()} className="fields">
        <TextField label={t("username")} autoComplete="username" defaultValue={username} readOnly />
        <PasswordField
          {...field("password")}
          label={t("password")}
          hint={t("passwordHint", { minimum: minimumPasswordLength, maximum: maximumPasswordLength })}
          autoComplete="new-password"
          autoFocus={!isRepeatedWrong}
        />
        <PasswordField
          {...field("password_again")}
          label={t("passwordAgain")}
          autoComplete="new-password"
          autoFocus={isRepeatedWrong}
        />
        <Button type="submit" variant="primary" size="lg" block>
          {t(isFirst ? "first.submit" : "submit")}
        </Button>
      </NativeForm>
    </AuthShell>
  );
}
