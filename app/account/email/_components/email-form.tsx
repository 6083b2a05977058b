import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { PasswordField } from "@/components/ui/password-field";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { getTexts } from "@/lib/messages/request-locale";

export interface EmailFormProps {
  username: string;
  csrf: string;
  /** The errors of the last submission. */
  rejected: FormFlash | null;
}

/** Changes the email address. Posted by the browser itself, so that no script ever holds the password. */
export async function EmailForm({ username, csrf, rejected }: EmailFormProps) {
  const t = await getTexts("account");
  const { fieldErrors = {}, values = {} } = rejected ?? {};
  const field = (name: string, key: string) => ({
    name,
    error: fieldErrors[key]?.join(" "),
    autoFocus: Object.keys(fieldErrors)[0] === key,
    required: true,
  });
  return (
    <NativeForm action="/account/email/submit" csrf={csrf} className="fields max-w-md">
      {/* For the password manager: identifies the account. */}
      <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
      <TextField
        {...field("email", "email")}
        label={t("email.new")}
        // Not type="email", in which browsers reject letters outside ASCII (RFC 6531).
        inputMode="email"
        defaultValue={values.email}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField
        {...field("current_password", "currentPassword")}
        label={t("password.current")}
        autoComplete="current-password"
      />
      <FormActions>
        <Button type="submit" variant="primary">
          {t("email.submit")}
        </Button>
        <ButtonLink href="/account/">{t("cancel")}</ButtonLink>
      </FormActions>
    </NativeForm>
  );
}
