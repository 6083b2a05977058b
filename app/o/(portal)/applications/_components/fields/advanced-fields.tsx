"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { advancedFieldNames } from "../form/application-fields";
import { findUncommonFields } from "../form/application-values";
import type { ScopeChoice } from "../form/scope-choices";
import { confidentialOnly, peopleOnly } from "../form/visibility";
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
        <ChevronRight className="size-4 text-muted transition-transform group-open/advanced:rotate-90" aria-hidden />
        <span className="font-semibold">Advanced</span>
        <span className="text-[0.8125rem] text-muted">
          Security profile, grants, keys, permissions, tokens, sign-in, sign-out
        </span>
      </summary>
      <div className="grid divide-y divide-line pt-2 pb-3 [&>*]:py-6 [&>:last-child]:pb-0">
        <Group title="Security profile" description="Sets many of the options below.">
          <SecurityProfileFields form={form} locked={locksProfile} />
        </Group>
        <Group title="Grants and client type" description="By default they follow from the kind of application.">
          <GrantFields {...form} />
        </Group>
        <Group
          title="Client authentication and keys"
          description="How it authenticates, and the keys that verify its signatures."
          className={confidentialOnly}
        >
          <ClientAuthenticationFields {...form} />
        </Group>
        <Group title="Permissions" description="What it may do, and from where.">
          <PermissionFields form={form} scopes={scopes} registeredItself={registeredItself} />
        </Group>
        <Group title="Tokens and requests" description="How tokens are bound, and which messages are signed.">
          <RequestFields form={form} />
        </Group>
        <Group
          title="Sign-in"
          description="What the application learns about users, and how recent their sign-in must be."
          className={peopleOnly}
        >
          <SignInFields form={form} />
        </Group>
        <Group
          title="Sign-out"
          description="Where users go afterwards, and how the application is notified."
          className={peopleOnly}
        >
          <SettingFields form={form} group="sign_out" />
        </Group>
      </div>
    </details>
  );
}

interface GroupProps {
  title: string;
  description: string;
  className?: string;
  children: ReactNode;
}

function Group({ title, description, className, children }: GroupProps) {
  return (
    <div className={className}>
      <fieldset className="grid grid-cols-1 gap-x-10 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <legend className="contents">
          <span className="grid content-start gap-1">
            <span className="font-semibold">{title}</span>
            <span className="text-[0.8125rem] text-muted">{description}</span>
          </span>
        </legend>
        <FieldStack>{children}</FieldStack>
      </fieldset>
    </div>
  );
}
