"use client";

import { ErrorSummary } from "@/app/_components/form/error-summary";
import { type FormAction, useCheckedForm } from "@/app/_components/form/use-checked-form";
import { useTexts } from "@/components/texts/use-texts";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CheckboxCards, RadioCards } from "@/components/ui/choice-cards";
import { SelectField, TextAreaField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { mostCopiedLinks, mostInvitations } from "@/lib/services/invitations/invitation-schema";
import { type InvitationValues, readInvitationValues } from "./invitation-values";

export interface InvitationFormProps {
  action: FormAction;
  csrf: string;
  initial: InvitationValues;
  /** Absent: the reader may put nobody into groups, or there are none. */
  groups: readonly { id: string; name: string; description: string }[];
  /** In days. */
  lifetimes: readonly { value: string; label: string }[];
  languages: readonly { value: string; label: string }[];
  canSendMail: boolean;
  cancelHref: string;
}

/** The fields of new invitations. */
export function InvitationForm({
  action,
  csrf,
  initial: given,
  canSendMail,
  cancelHref,
  ...choices
}: InvitationFormProps) {
  const { groups, lifetimes, languages } = choices;
  const t = useTexts("invitationForm");
  const form = useCheckedForm<InvitationValues>({
    action,
    initial: given,
    read: readInvitationValues,
    // What is wrong with a list of addresses names them, which takes texts that only the server has.
    check: () => ({}),
  });
  const { initial, field, errorOf } = form;
  return (
    <form {...form.formProps} className="grid gap-6">
      <input type="hidden" name="csrf" value={csrf} />
      <ErrorSummary {...form.rejection} />
      <Card>
        <div className="fields">
          <TextAreaField
            {...field("emails")}
            id="emails"
            label={t("emails")}
            hint={t("emailsHint", { maximum: canSendMail ? mostInvitations : mostCopiedLinks })}
            defaultValue={initial.emails}
            error={errorOf("emails")}
            required
            rows={5}
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <div className="fields items-start sm:grid-cols-2">
            <SelectField
              {...field("expires_in_days")}
              id="expires_in_days"
              label={t("expires")}
              options={lifetimes}
              defaultValue={initial.expires_in_days}
              error={errorOf("expires_in_days")}
            />
            {canSendMail && (
              <SelectField
                {...field("locale")}
                id="locale"
                label={t("language")}
                options={languages}
                defaultValue={initial.locale}
                error={errorOf("locale")}
              />
            )}
          </div>
          {groups.length > 0 && (
            <CheckboxCards
              name="group_ids"
              onChange={field("group_ids").onChange}
              id="group_ids"
              label={t("groups")}
              hint={t("groupsHint")}
              choices={groups.map(({ id, name, description }) => ({ value: id, label: name, description }))}
              columns={2}
              defaultValue={initial.group_ids}
              error={errorOf("group_ids")}
              optional
            />
          )}
          {canSendMail ? (
            <RadioCards
              name="delivery"
              onChange={field("delivery").onChange}
              id="delivery"
              label={t("delivery")}
              choices={(["email", "copy"] as const).map((value) => ({
                value,
                label: t(`deliveries.${value}.label`),
                description: t(`deliveries.${value}.description`, { maximum: mostCopiedLinks }),
              }))}
              columns={2}
              defaultValue={initial.delivery}
              error={errorOf("delivery")}
            />
          ) : (
            <>
              <input type="hidden" name="locale" value={initial.locale} />
              <input type="hidden" name="delivery" value="copy" />
              <Alert tone="info" title={t("noEmail.title")}>
                {t("noEmail.text")}
              </Alert>
            </>
          )}
        </div>
      </Card>
      <FormActions>
        <SubmitButton pending={form.pending} pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
        <ButtonLink href={cancelHref}>{t("cancel")}</ButtonLink>
      </FormActions>
    </form>
  );
}
