import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { NativeForm } from "@/components/layout/native-form";
import { bdi } from "@/components/texts/rich-tags";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { maximumPasswordLength, minimumPasswordLength } from "@/lib/auth/password-policy";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadLink } from "@/lib/http/load-link";
import { invitationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { openInvitation } from "@/lib/services/invitations/accept-invitation";
import { TooManyRequests } from "../../_components/too-many-requests";
import { UnusableLink } from "../../_components/unusable-link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("invitation");
  return { title: t("documentTitle") };
}

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const opened = await loadLink((context) => openInvitation(context, { token }));
  if (opened.kind === "refused") return <TooManyRequests retryAfter={opened.retryAfter} />;
  const t = await getTexts("invitation");
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
  const { email, taken } = opened.link;
  if (taken) {
    return (
      <UnusableLink
        title={t("taken.title")}
        explanation={t.rich("taken.explanation", { email, bdi })}
        advice={t("taken.advice")}
        signIn={t("taken.signIn")}
      />
    );
  }
  const path = invitationPath(token);
  const { values, fieldErrors } = (await readFormFlash(path)) ?? { values: {}, fieldErrors: {} };
  const firstAtFault = ["username", "password", "password_again"].find((name) => fieldErrors[name]);
  const field = (name: string) => ({
    name,
    error: fieldErrors[name]?.join(" "),
    autoFocus: name === (firstAtFault ?? "username"),
    required: true,
  });
  const session = await getCurrentSession();
  return (
    <AuthShell title={t("title")} description={t("explanation")}>
      <NativeForm action={`${path}/submit`} csrf={await getCsrfToken()} className="fields">
        {session && (
          <Alert tone="info" title={t.rich("signedIn", { username: session.user.username, bdi })}>
            {t("signedInAdvice")}
          </Alert>
        )}
        <TextField label={t("email")} inputMode="email" autoComplete="email" defaultValue={email} readOnly />
        <TextField
          {...field("username")}
          label={t("username")}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          defaultValue={values.username}
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
