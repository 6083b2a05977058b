"use client";

import { ErrorSummary } from "@/app/_components/form/error-summary";
import { type FormAction, useCheckedForm } from "@/app/_components/form/use-checked-form";
import { useProblems } from "@/components/texts/use-problems";
import { useTexts } from "@/components/texts/use-texts";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import type { IdTokenReader } from "@/lib/services/applications/settings/id-token-readers";
import { FieldStack } from "../fields/field-stack";
import { findTypedNames } from "../fields/form-elements";
import { KindCards } from "../fields/kind-fields";
import { RedirectUrisField } from "../fields/redirect-uris-field";
import { type ApplicationFieldName, type ApplicationValues, fieldNames } from "./application-fields";
import { checkApplication, toApplicationErrors } from "./application-rules";
import { readApplicationValues } from "./application-values";
import { unlessUsersStayAway } from "./visibility";

export interface NewApplicationFormProps {
  action: FormAction;
  csrf: string;
  initial: ApplicationValues;
  /** The known program for which the form was prefilled. */
  reader: IdTokenReader | null;
  /** The template that it was prefilled from. */
  template: string | null;
  /** What else it sets, as a sentence; null: only defaults. */
  preset: string | null;
  allowHttp: boolean;
  knownSchemes: readonly string[];
  privateSchemes: readonly string[] | "any";
  allSettingsHref: string;
  cancelHref: string;
}

const asked: readonly ApplicationFieldName[] = ["kind", "name", "redirect_uris"];

/** What has to be known of a new application. It sends every setting, as the whole form does. */
export function NewApplicationForm(props: NewApplicationFormProps) {
  const t = useTexts("applicationForm");
  const readProblem = useProblems();
  const policy = { allowHttp: props.allowHttp, privateSchemes: props.privateSchemes };
  const form = useCheckedForm<ApplicationValues>({
    action: props.action,
    initial: props.initial,
    read: readApplicationValues,
    check: (values) => checkApplication(values, { ...policy, withClientId: true }, readProblem),
    toErrors: toApplicationErrors,
    onReady: findTypedNames,
    // Another kind has other rules for addresses.
    onChange: (_form, changed, wrong) => ("name" in changed && changed.name === "kind" ? [...wrong, "kind"] : wrong),
  });
  const { initial, field, errorOf } = form;
  const { errors } = form.rejection;
  // It isn't asked for, so only a form that is sent again has one that is taken.
  const taken = errors.client_id && { client_id: { message: `${errors.client_id.message}\n${t("sentBefore")}` } };
  return (
    <form {...form.formProps} className="group/form">
      <input type="hidden" name="csrf" value={props.csrf} />
      {props.template && <input type="hidden" name="template" value={props.template} />}
      <Presets values={initial} />
      <Card>
        <div className="grid grid-cols-1 gap-4">
          <ErrorSummary<ApplicationFieldName>
            errors={{ ...errors, ...taken }}
            formError={form.rejection.formError}
            isShown={(name) => asked.includes(name)}
          />
          <KindCards initial={initial} error={errorOf("kind")} columns={3} />
          <FieldStack>
            <TextField
              {...field("name")}
              id="name"
              label={t("application.name")}
              defaultValue={initial.name}
              error={errorOf("name")}
              required
              autoComplete="off"
            />
            <div className={unlessUsersStayAway}>
              <RedirectUrisField
                field={field("redirect_uris")}
                initial={initial.redirect_uris}
                known={props.reader ?? undefined}
                error={errorOf("redirect_uris")}
                policy={policy}
                knownSchemes={props.knownSchemes}
                optional
              />
            </div>
          </FieldStack>
          {props.preset && <p className="-mt-3 text-note text-muted">{props.preset}</p>}
          <FormActions>
            <SubmitButton pending={form.pending} pendingLabel={t("registering")}>
              {t("register")}
            </SubmitButton>
            <ButtonLink href={props.cancelHref}>{t("cancel")}</ButtonLink>
            <div className="grid sm:ms-auto">
              <ButtonLink href={props.allSettingsHref} variant="ghost">
                {t("allSettings")}
              </ButtonLink>
            </div>
          </FormActions>
        </div>
      </Card>
    </form>
  );
}

/** The settings that the form doesn't ask for, unless they are empty or off. */
function Presets({ values }: { values: ApplicationValues }) {
  return (
    fieldNames
      .filter((name) => !asked.includes(name))
      .flatMap((name) => toTexts(values[name]).map((text) => ({ name, text })))
      // A text area keeps the lines of a list.
      .map(({ name, text }) => <textarea key={`${name} ${text}`} hidden readOnly name={name} defaultValue={text} />)
  );
}

/** As a form sends it. */
function toTexts(value: ApplicationValues[ApplicationFieldName]): string[] {
  if (typeof value === "boolean") return value ? ["on"] : [];
  return [value].flat().filter(Boolean);
}
