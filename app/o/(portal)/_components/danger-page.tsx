import type { ReactNode } from "react";
import { PortalShell, type PortalShellProps } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader, type PageHeaderProps } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";

export interface DangerPageProps extends Pick<PageHeaderProps, "title" | "description" | "breadcrumbs"> {
  current: PortalShellProps["current"];
  /** The heading above what is lost. */
  heading?: string;
  /** Stands in place of the form if what the page asks about can't be done yet. */
  refusal?: ReactNode;
  /** What is lost, and the form that goes through with it. */
  children: ReactNode;
}

/** The page that asks before something is deleted, disabled or revoked. */
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
  /** Where the form is posted to. */
  action: string;
  /** Sent along under its name. */
  hidden?: Readonly<Record<string, string>>;
  label: string;
  cancelHref: string;
  /** Fields above the buttons. */
  children?: ReactNode;
}

/** The way on and the way back. */
export async function DangerForm({ action, hidden = {}, label, cancelHref, children }: DangerFormProps) {
  return (
    <NativeForm action={action} csrf={await getCsrfToken()} className="grid grid-cols-1 gap-5">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <FormActions>
        <Button type="submit" variant="danger">
          {label}
        </Button>
        <ButtonLink href={cancelHref}>Cancel</ButtonLink>
      </FormActions>
    </NativeForm>
  );
}
