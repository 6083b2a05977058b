import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { PasswordField } from "@/components/ui/password-field";
import { getCsrfToken } from "@/lib/auth/csrf";
import { maximumPasswordLength, minimumPasswordLength } from "@/lib/auth/password-policy";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { toLocalPath } from "@/lib/http/forms/local-path";
import { readProvedPassword } from "@/lib/http/forms/new-password-flash";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getTexts } from "@/lib/messages/request-locale";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("login");
  return { title: t("newPassword.title") };
}

/** After the right password of an account that has to change it: nothing else goes on before. */
export default async function NewPasswordPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const proved = await readProvedPassword();
  const authorizationRequest = readOne(params, "authorization_request") ?? "";
  const next = toLocalPath(readOne(params, "next")) ?? "";
  const fields = Object.fromEntries(
    Object.entries({ authorization_request: authorizationRequest, next }).filter(([, value]) => value !== ""),
  );
  if (!proved) redirect(`/login?${new URLSearchParams(fields)}`);
  const rejected = readOne(params, "rejected") === "password" ? await readFormFlash("/login/new-password") : null;
  const t = await getTexts("login");
  return (
    <AuthShell title={t("newPassword.title")} description={t("newPassword.explanation")}>
      <NativeForm
        action={await keepUiLocales("/login/new-password/submit")}
        csrf={await getCsrfToken()}
        fields={fields}
        className="fields"
      >
        {/* For the password manager: identifies the account. */}
        <input type="text" name="username" value={proved.identifier} autoComplete="username" readOnly hidden />
        <PasswordField
          label={t("newPassword.label")}
          name="new_password"
          hint={t("newPassword.hint", { minimum: minimumPasswordLength, maximum: maximumPasswordLength })}
          autoComplete="new-password"
          error={rejected?.fieldErrors.newPassword?.join(" ")}
          autoFocus
          required
        />
        <Button type="submit" variant="primary" size="lg" block>
          {t("newPassword.submit")}
        </Button>
      </NativeForm>
    </AuthShell>
  );
}
