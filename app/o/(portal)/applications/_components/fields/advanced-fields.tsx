"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTexts } from "@/components/texts/use-texts";
import type { Messages } from "@/lib/messages/catalog";
import { advancedFieldNames } from "../form/application-fields";
import { findUncommonFields } from "../form/application-values";
import type { ScopeChoice } from "../form/scope-choices";
import { confidentialOnly, usersOnly } from "../form/visibility";
import { ClientAuthenticationFields } from "./client-authentication-fields";
import { FieldStack } from "./field-stack";
import type { FormControls } from "./form-controls";
import { GrantFields } from "./grant-fields";
import { PermissionFields } from "./permission-fields";
import { RequestFields } from "./request-fields";
import { SecurityProfileFields } from "./security-profile-fields";
import { SettingFields } from "./setting-field";
import { SignInFields } from "./sign-in-fields";

export interface AdvancedFieldsProps {
  form: FormControls;
  scopes: readonly ScopeChoice[];
  locksProfile: boolean;
  registeredItself: boolean;
}

/** Settings that most applications leave unchanged; open if this one doesn't. */
export function AdvancedFields({ form, scopes, locksProfile, registeredItself }: AdvancedFieldsProps) {
  const t = useTexts("applicationForm");
  const ref = useRef<HTMLDetailsElement>(null);
  const [isOpen, setIsOpen] = useState(() => findUncommonFields(form.initial).length > 0);
  // It may have been opened before this code had loaded; a corrected error must not close it.
  useEffect(() => setIsOpen((known) => ref.current?.open ?? known), []);
  return (
    <details
      ref={ref}
      open={isOpen || advancedFieldNames.some((name) => form.errorOf(name))}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      className="group/advanced border-t border-line pt-4 pb-1"
    >
      <summary className="-mx-2 flex min-h-11 flex-wrap items-center gap-x-2 rounded-md px-2 hover:bg-hover">
        <ChevronRight
          className="size-4 text-muted transition-transform group-open/advanced:rotate-90 rtl:-scale-x-100 rtl:group-open/advanced:-rotate-90"
          aria-hidden
        />
        <span className="font-semibold">{t("advanced.title")}</span>
        <span className="text-note text-muted">{t("advanced.description")}</span>
      </summary>
      <div className="grid divide-y divide-line pt-2 pb-3 [&>*]:py-6 [&>:last-child]:pb-0">
        <Group name="profile">
          <SecurityProfileFields form={form} locked={locksProfile} />
        </Group>
        <Group name="grants">
          <GrantFields {...form} />
        </Group>
        <Group name="authentication" className={confidentialOnly}>
          <ClientAuthenticationFields {...form} />
        </Group>
        <Group name="permissions">
          <PermissionFields form={form} scopes={scopes} registeredItself={registeredItself} />
        </Group>
        <Group name="requests">
          <RequestFields form={form} />
        </Group>
        <Group name="signIn" className={usersOnly}>
          <SignInFields form={form} />
        </Group>
        <Group name="signOut" className={usersOnly}>
          <SettingFields form={form} group="sign_out" />
        </Group>
      </div>
    </details>
  );
}

interface GroupProps {
  name: keyof Messages["applicationForm"]["advanced"]["groups"];
  className?: string;
  children: ReactNode;
}

function Group({ name, className, children }: GroupProps) {
  const t = useTexts("applicationForm");
  return (
    <div className={className}>
      <fieldset className="grid grid-cols-1 gap-x-10 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <legend className="contents">
          <span className="grid content-start gap-1">
            <span className="font-semibold">{t(`advanced.groups.${name}.title`)}</span>
            <span className="text-note text-muted">{t(`advanced.groups.${name}.description`)}</span>
          </span>
        </legend>
        <FieldStack>{children}</FieldStack>
      </fieldset>
    </div>
  );
}
