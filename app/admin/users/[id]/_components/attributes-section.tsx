import { ValueFields } from "@/app/_components/attributes/value-fields";
import { ValueList } from "@/app/_components/attributes/value-list";
import { SectionForm } from "@/components/editing/section-form";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { userPath } from "@/lib/http/paths";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { textsOf } from "@/lib/messages/texts";
import type { HeldAttribute } from "@/lib/services/attributes/user-attributes";
import type { LoadedUser } from "./load-user";

export interface AttributesSectionProps {
  loaded: LoadedUser;
  attributes: readonly HeldAttribute[];
  csrf: string;
  saved: boolean;
  rejected: FormFlash | null;
}

/** The values of the attributes that this server has, below the profile; nothing if it has none. */
export async function AttributesSection({ loaded, attributes, csrf, saved, rejected }: AttributesSectionProps) {
  if (attributes.length === 0) return null;
  const t = await getTexts("users");
  const values = textsOf("ownAttributes", localeOf("users", await getLocale()));
  const about = {
    id: "attributes",
    title: t("profile.attributes.title"),
    description: t("profile.attributes.description"),
  };
  if (!loaded.changeable) {
    return (
      <Card {...about}>
        <ValueList attributes={attributes} t={values} />
      </Card>
    );
  }
  return (
    <SectionForm
      {...about}
      action={userPath(loaded.user.id, "attributes/submit")}
      csrf={csrf}
      saved={saved}
      rejected={rejected !== null}
    >
      {rejected && (
        <Alert tone="danger" title={t("profile.rejected")} announce>
          {rejected.fieldErrors.form?.join(" ")}
        </Alert>
      )}
      <ValueFields attributes={attributes} rejected={rejected} t={values} />
    </SectionForm>
  );
}
