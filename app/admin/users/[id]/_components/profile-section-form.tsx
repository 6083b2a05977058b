import type { ReactNode } from "react";
import { SectionForm } from "@/components/editing/section-form";
import { Alert } from "@/components/ui/alert";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { userPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { toCamelCase } from "@/lib/oauth/wire/spelling";
import type { UserDetails } from "@/lib/services/users/manage/get-user";
import { type ProfileSection, toValues } from "./profile-sections";

export interface ProfileFormsProps {
  user: UserDetails;
  csrf: string;
  saved: ProfileSection | null;
  /** The section that was rejected, with what was typed and why. */
  rejected: { section: ProfileSection; flash: FormFlash } | null;
}

export async function ProfileSectionForm({
  section,
  user,
  csrf,
  saved,
  rejected,
  children,
}: ProfileFormsProps & { section: ProfileSection; children: ReactNode }) {
  const t = await getTexts("users");
  const flash = rejected?.section === section ? rejected.flash : null;
  return (
    <SectionForm
      id={section}
      title={t(`profile.${section}.title`)}
      description={t(`profile.${section}.description`)}
      action={userPath(user.id, "submit")}
      csrf={csrf}
      fields={{ section }}
      saved={saved === section}
      rejected={flash !== null}
    >
      {flash && (
        <Alert tone="danger" title={t("profile.rejected")} announce>
          {flash.fieldErrors.form?.join(" ")}
        </Alert>
      )}
      {children}
    </SectionForm>
  );
}

/** The properties of a section's fields: what is stored or was typed, and what is wrong with it. */
export function fieldsOf(section: ProfileSection, { user, rejected }: Pick<ProfileFormsProps, "user" | "rejected">) {
  const flash = rejected?.section === section ? rejected.flash : null;
  const values = { ...toValues(user), ...flash?.values };
  const first = Object.keys(flash?.fieldErrors ?? {})[0];
  return {
    field: (name: string) => ({
      name,
      defaultValue: values[name] ?? "",
      error: flash?.fieldErrors[toCamelCase(name)]?.join(" "),
      autoFocus: first === toCamelCase(name),
      // Of someone else: what the browser knows of its own user doesn't belong here.
      autoComplete: "off",
    }),
    box: (name: string, stored: boolean) => ({
      name,
      defaultChecked: flash ? flash.values[name] === "on" : stored,
    }),
  };
}
