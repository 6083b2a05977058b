import { SectionForm } from "@/components/editing/section-form";
import { RadioCards } from "@/components/ui/choice-cards";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { getTexts } from "@/lib/messages/request-locale";
import { type PortalRole, portalRoles } from "@/lib/services/permissions";

export interface RoleFormProps {
  userId: string;
  portalRole: PortalRole | null;
  csrf: string;
  /** What the last submission was rejected for, or asked the password for: `?rejected=role`. */
  rejected: FormFlash | null;
  /** The notice `role-saved` of the page. */
  saved: boolean;
}

/** Gives a user a portal role, or takes it away. For readers who have `roles:write`, on the tab *Security*. */
export async function RoleForm({ userId, portalRole, csrf, rejected, saved }: RoleFormProps) {
  const t = await getTexts("roles");
  const choices = (["none", ...portalRoles] as const).map((role) => ({
    value: role,
    label: t(`names.${role}`),
    description: t(`descriptions.${role}`),
  }));
  return (
    <SectionForm
      id="role"
      title={t("form.title")}
      description={t("form.description")}
      action={`/admin/users/${userId}/role/submit`}
      csrf={csrf}
      saved={saved}
      rejected={rejected !== null}
    >
      <RadioCards
        name="portal_role"
        label={t("form.label")}
        choices={choices}
        columns={2}
        defaultValue={rejected?.values.portal_role ?? portalRole ?? "none"}
        error={rejected?.fieldErrors.portalRole?.join(" ")}
      />
    </SectionForm>
  );
}
