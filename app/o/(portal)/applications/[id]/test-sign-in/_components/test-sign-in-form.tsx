import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { CheckboxCards } from "@/components/ui/choice-cards";
import { SelectField, TextAreaField, TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { Scope } from "@/lib/oauth/ports/types";
import { testPrompts, testResponseModes } from "@/lib/services/applications/test-sign-in/start-test-sign-in";
import { FoldedPart } from "../../_components/folded-part";
import { chooseTestScopes } from "../../_components/test-scopes";

export interface TestSignInFormProps {
  applicationId: string;
  csrf: string;
  /** Those that the application may request. */
  scopes: readonly Scope[];
  /** What has to be entered, as only the application has it. */
  credential: "secret" | "assertion" | null;
  /** The typed values, without the credential, and their errors. */
  rejected: FormFlash | null;
}

/** What a test asks for. */
export async function TestSignInForm({ applicationId, csrf, scopes, credential, rejected }: TestSignInFormProps) {
  const t = await getTexts("testSignIn");
  const values = rejected?.values ?? {};
  const errorOf = (field: string) => rejected?.fieldErrors[field]?.join(" ");
  const names = scopes.map(({ name }) => name);
  return (
    <NativeForm action={applicationPath(applicationId, "test-sign-in/submit")} csrf={csrf} className="grid gap-5">
      {errorOf("applicationId") && (
        <Alert tone="danger" announce>
          {errorOf("applicationId")}
        </Alert>
      )}
      {credential === "secret" && (
        <TextField
          name="credential"
          type="password"
          label={t("form.secret")}
          hint={t("form.secretHint")}
          error={errorOf("credential")}
          autoComplete="off"
          required
          mono
        />
      )}
      {credential === "assertion" && (
        <TextAreaField
          name="credential"
          label={t("form.assertion")}
          hint={t("form.assertionHint")}
          error={errorOf("credential")}
          autoComplete="off"
          spellCheck={false}
          optional
          mono
        />
      )}
      {credential === null && errorOf("credential") && (
        <Alert tone="danger" announce>
          {errorOf("credential")}
        </Alert>
      )}
      {scopes.length > 0 ? (
        <CheckboxCards
          name="scope"
          label={t("form.scopes")}
          hint={t("form.scopesHint")}
          error={errorOf("scopes")}
          columns={2}
          defaultValue={rejected ? (values.scope ?? "").split(" ") : chooseTestScopes(names)}
          choices={scopes.map(({ name, description }) => ({
            value: name,
            label: <span className="font-mono text-note break-all">{name}</span>,
            description,
          }))}
        />
      ) : (
        <p className="text-muted">{t("form.noScopes")}</p>
      )}
      <FoldedPart label={t("form.more")} open={rejected !== null}>
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <SelectField
            name="prompt"
            label={t("form.prompt")}
            defaultValue={values.prompt ?? ""}
            options={testPrompts.map((value) => ({ value, label: t(`form.prompts.${value || "default"}`) }))}
          />
          <SelectField
            name="response_mode"
            label={t("form.responseMode")}
            defaultValue={values.response_mode ?? ""}
            options={testResponseModes.map((value) => ({
              value,
              label: value === "" ? t("form.responseModes.default") : nameMode(value),
            }))}
          />
          <TextField
            name="max_age"
            label={t("form.maxAge")}
            hint={t("form.maxAgeHint")}
            defaultValue={values.max_age}
            error={errorOf("maxAge")}
            inputMode="numeric"
            autoComplete="off"
          />
          <TextField
            name="login_hint"
            label={t("form.loginHint")}
            hint={t("form.loginHintHint")}
            defaultValue={values.login_hint}
            error={errorOf("loginHint")}
            autoComplete="off"
          />
        </div>
      </FoldedPart>
      <FormActions>
        <Button type="submit" variant="primary">
          {t("form.start")}
        </Button>
        <ButtonLink href={applicationPath(applicationId)} variant="ghost">
          {t("form.cancel")}
        </ButtonLink>
      </FormActions>
    </NativeForm>
  );

  function nameMode(mode: string): string {
    return mode.endsWith("jwt") ? t("form.responseModes.signed", { mode }) : mode;
  }
}
