"use client";

import { ErrorSummary } from "@/app/_components/form/error-summary";
import type { FormAction } from "@/app/_components/form/use-checked-form";
import { useTexts } from "@/components/texts/use-texts";
import { ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { joinClasses } from "@/components/ui/class-names";
import { TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SettingName, settingOf } from "@/lib/oauth/ports/client-settings";
import type { IdTokenReader } from "@/lib/services/applications/settings/id-token-readers";
import { AdvancedFields } from "../fields/advanced-fields";
import { ClientIdField } from "../fields/client-id-field";
import { FieldStack } from "../fields/field-stack";
import { KindFields } from "../fields/kind-fields";
import { RedirectUrisField } from "../fields/redirect-uris-field";
import { SecretInput } from "../fields/secret-input";
import { SettingFields } from "../fields/setting-field";
import { type ApplicationFieldName, type ApplicationValues, toFieldName, toSettingName } from "./application-fields";
import type { ScopeChoice } from "./scope-choices";
import { useApplicationForm } from "./use-application-form";
import {
  codeOnly,
  confidentialOnly,
  secretOnly,
  unlessKindWithoutCode,
  unlessKindWithoutSecret,
  unlessKindWithoutUsers,
} from "./visibility";

export interface ApplicationFormProps {
  /** Registering shows the client ID and the secret; later neither can be changed here. */
  purpose: "register" | "update";
  action: FormAction;
  csrf: string;
  initial: ApplicationValues;
  /** The known program for which the form was prefilled. */
  reader?: IdTokenReader | null;
  scopes: readonly ScopeChoice[];
  allowHttp: boolean;
  /** Schemes without a dot that are known well enough to need no warning. */
  knownSchemes: readonly string[];
  /** Schemes that anyone may give this app; an administrator may allow others. */
  privateSchemes: readonly string[];
  /** Whether the user may grant an application what its owner can't. */
  grantsPrivileges: boolean;
  /** Whether an administrator has set the security profile, and the reader isn't one. */
  locksProfile?: boolean;
  /** Whether it registered itself (RFC 7591). */
  registeredItself?: boolean;
  cancelHref: string;
}

/** The fields of an application: its kind first, then what that kind needs, and everything else under Advanced. */
export function ApplicationForm(props: ApplicationFormProps) {
  const t = useTexts("applicationForm");
  const { purpose, scopes, grantsPrivileges } = props;
  const isNew = purpose === "register";
  const policy = {
    allowHttp: props.allowHttp,
    privateSchemes: grantsPrivileges ? "any" : props.privateSchemes,
  } as const;
  const form = useApplicationForm(props.action, props.initial, { ...policy, withClientId: isNew });
  const { initial, field, errorOf } = form;
  // Users who aren't administrators may give up what one has allowed.
  const offers = (name: SettingName) =>
    settingOf(name).decidedBy !== "administrator" || grantsPrivileges || props.initial[toFieldName(name)] === true;
  const controls = { ...form, offers, policy };
  const isShown = (name: ApplicationFieldName) =>
    offers(toSettingName(name) ?? "name") &&
    // For a client that can't authenticate, the form doesn't ask how it does.
    (name !== "token_endpoint_auth_method" || !errorOf("client_type"));
  return (
    <form {...form.formProps} className="group/form grid gap-6">
      <input type="hidden" name="csrf" value={props.csrf} />
      <ErrorSummary<ApplicationFieldName> {...form.rejection} isShown={isShown} />
      <Card>
        <Section title={t("kind.title")} description={t("kind.description")}>
          <KindFields {...controls} />
        </Section>
        <Section title={t("application.title")} description={t("application.description")}>
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
            {/* Meaningless if the kind was changed without JavaScript, unless it has an error to correct. */}
            <div className={joinClasses(codeOnly, !errorOf("redirect_uris") && unlessKindWithoutCode)}>
              <RedirectUrisField
                field={field("redirect_uris")}
                initial={initial.redirect_uris}
                known={props.reader ?? undefined}
                error={errorOf("redirect_uris")}
                policy={policy}
                knownSchemes={props.knownSchemes}
              />
            </div>
            <SettingFields form={controls} group="application" className={unlessKindWithoutUsers} />
          </FieldStack>
        </Section>
        {isNew && (
          <Section title={t("credentials.title")} description={t("credentials.description")}>
            <FieldStack>
              <ClientIdField field={field("client_id")} initial={initial.client_id} error={errorOf("client_id")} />
              <div className={joinClasses(confidentialOnly, secretOnly, unlessKindWithoutSecret)}>
                <SecretInput initial={initial.client_secret} error={errorOf("client_secret")} />
              </div>
            </FieldStack>
          </Section>
        )}
        <AdvancedFields
          form={controls}
          scopes={scopes}
          locksProfile={props.locksProfile ?? false}
          registeredItself={props.registeredItself ?? false}
        />
      </Card>
      <FormActions>
        <SubmitButton pending={form.pending} pendingLabel={t(isNew ? "registering" : "saving")}>
          {t(isNew ? "register" : "save")}
        </SubmitButton>
        <ButtonLink href={props.cancelHref}>{t("cancel")}</ButtonLink>
      </FormActions>
    </form>
  );
}
