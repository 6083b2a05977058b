import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getTexts } from "@/lib/messages/request-locale";

const errorId = "sign-in-error";

export interface LoginFormProps {
  csrf: string;
  /** The pending authorization request that continues after signing in. */
  authorizationRequest?: string | undefined;
  /** The path of this site that follows after signing in. */
  next: string | null;
  /** What stands in the first field: what was typed before, or what the application suggests. */
  identifier: string;
  failed: boolean;
}

/** Username or e-mail address and password. A failed attempt has one message, whichever of the two was wrong. */
export async function LoginForm({ csrf, authorizationRequest, next, identifier, failed }: LoginFormProps) {
  const t = await getTexts("login");
  const afterFailure = failed && { "aria-invalid": true, "aria-describedby": errorId };
  return (
    <NativeForm action={await keepUiLocales("/login/submit")} csrf={csrf} className="fields">
      {authorizationRequest && <input type="hidden" name="authorization_request" value={authorizationRequest} />}
      {next && <input type="hidden" name="next" value={next} />}
      {failed && (
        <div id={errorId}>
          <Alert tone="danger" announce title={t("failed.title")}>
            {t("failed.advice")}
          </Alert>
        </div>
      )}
      <TextField
        label={t("identifier")}
        name="identifier"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        defaultValue={identifier}
        autoFocus={identifier === ""}
        required
        {...afterFailure}
      />
      <PasswordField
        label={t("password")}
        name="password"
        autoComplete="current-password"
        autoFocus={identifier !== ""}
        required
        {...afterFailure}
      />
      <Button type="submit" variant="primary" size="lg" block>
        {t("submit")}
      </Button>
    </NativeForm>
  );
}
