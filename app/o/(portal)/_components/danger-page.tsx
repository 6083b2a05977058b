import type { ReactNode } from "react";
import { PortalShell, type PortalShellProps } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader, type PageHeaderProps } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getTexts } from "@/lib/messages/request-locale";

export interface DangerPageProps extends Pick<PageHeaderProps, "title" | "description" | "breadcrumbs"> {
  current: PortalShellProps["current"];
  /** The heading above the impact. */
  heading?: string;
  /** Replaces the form if the action isn't possible yet. */
  refusal?: ReactNode;
  /** The impact, and the form that performs the action. */
  children: ReactNode;
}

/** The confirmation page before something is deleted, disabled or revoked. */
export function DangerPage({ current, heading, refusal, children, ...header }: DangerPageProps) {
  return (
    <PortalShell current={current} width="narrow">
      <PageHeader {...header} />
      {refusal || (
        <Card title={heading} tone="danger">
          <div className="grid grid-cols-1 gap-6">{children}</div>
        </Card>
      )}
    </PortalShell>
  );
}

export interface DangerFormProps {
  /** Where the form is posted. */
  action: string;
  /** Hidden fields, by name. */
  hidden?: Readonly<Record<string, string>>;
  label: string;
  cancelHref: string;
  /** Fields above the buttons. */
  children?: ReactNode;
}

/** The buttons to continue and to go back. */
export async function DangerForm({ action, hidden = {}, label, cancelHref, children }: DangerFormProps) {
  const t = await getTexts("layout");
  return (
    <NativeForm action={action} csrf={await getCsrfToken()} className="fields">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <FormActions>
        <Button type="submit" variant="danger">
          {label}
        </Button>
        <ButtonLink href={cancelHref}>{t("cancel")}</ButtonLink>
      </FormActions>
    </NativeForm>
  );
}
