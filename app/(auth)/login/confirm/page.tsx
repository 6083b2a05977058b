import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { PasswordField } from "@/components/ui/password-field";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { toLocalPath } from "@/lib/http/forms/local-path";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { serviceContext } from "@/lib/http/service-context";
import { getTexts } from "@/lib/messages/request-locale";
import { isPasswordRecent } from "@/lib/services/sessions/require-recent-password";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("login");
  return { title: t("confirm.title") };
}

/** Asks signed-in users for their password before a sensitive step, and leads back to it. */
export default async function ConfirmPasswordPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const next = toLocalPath(readOne(params, "next")) ?? "/";
  const session = await getCurrentSession();
  if (!session) redirect(`/login?${new URLSearchParams({ next })}`);
  if (isPasswordRecent(serviceContext(session, await headers()))) redirect(next);
  const rejected = readOne(params, "rejected") === "password" ? await readFormFlash("/login/confirm") : null;
  const t = await getTexts("login");
  const { username } = session.user;
  return (
    <AuthShell
      title={t("confirm.title")}
      description={t.rich("confirm.explanation", {
        username,
        name: (chunks) => (
          <strong className="font-semibold text-text">
            <bdi>{chunks}</bdi>
          </strong>
        ),
      })}
    >
      <NativeForm action="/login/confirm/submit" csrf={await getCsrfToken()} fields={{ next }} className="fields">
        {/* For the password manager: identifies the account. */}
        <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
        <PasswordField
          label={t("password")}
          name="current_password"
          autoComplete="current-password"
          error={rejected?.fieldErrors.currentPassword?.join(" ")}
          autoFocus
          required
        />
        <div className="grid grid-cols-1 gap-3">
          <Button type="submit" variant="primary" size="lg" block>
            {t("confirm.submit")}
          </Button>
          <ButtonLink href="/" size="lg" block>
            {t("confirm.cancel")}
          </ButtonLink>
        </div>
      </NativeForm>
    </AuthShell>
  );
}
