import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PasswordField } from "@/components/ui/password-field";
import { maximumPasswordLength, minimumPasswordLength } from "@/lib/auth/password-policy";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { getTexts } from "@/lib/messages/request-locale";

export interface PasswordCardProps {
  username: string;
  csrf: string;
  /** The errors of the last submission. */
  rejected: FormFlash | null;
  /** Whether it has just been changed. */
  changed: boolean;
}

/** Changes the password. Posted by the browser itself, so that no script ever holds what is typed. */
export async function PasswordCard({ username, csrf, rejected, changed }: PasswordCardProps) {
  const t = await getTexts("account");
  const { fieldErrors = {} } = rejected ?? {};
  const field = (name: string, key: string) => ({
    name,
    error: fieldErrors[key]?.join(" "),
    autoFocus: rejected !== null && Object.keys(fieldErrors)[0] === key,
    required: true,
  });
  return (
    <Card id="password" title={t("password.title")} description={t("password.explanation")}>
      <div className="fields">
        {changed && (
          <Alert tone="success" title={t("password.changed")} announce>
            {t("password.consequence")}
          </Alert>
        )}
        <NativeForm
          action="/account/password/submit"
          csrf={csrf}
          className="grid max-w-md grid-cols-1 gap-y-1.5 [&_[aria-live=polite]]:min-h-[1.375rem] [&_[aria-live=polite]:empty]:mt-0"
        >
          {/* For the password manager: identifies the account. */}
          <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
          <PasswordField
            {...field("current_password", "currentPassword")}
            label={t("password.current")}
            autoComplete="current-password"
          />
          <PasswordField
            {...field("new_password", "newPassword")}
            label={t("password.new")}
            hint={t("password.hint", { minimum: minimumPasswordLength, maximum: maximumPasswordLength })}
            autoComplete="new-password"
          />
          <div className="grid sm:justify-start">
            <Button type="submit" variant="primary">
              {t("password.submit")}
            </Button>
          </div>
        </NativeForm>
      </div>
    </Card>
  );
}
