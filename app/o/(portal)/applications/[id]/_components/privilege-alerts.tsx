import { Alert } from "@/components/ui/alert";
import { formatList } from "@/lib/messages/format-list";
import { getContentLocale, getTexts } from "@/lib/messages/request-locale";
import { isLocalhostUri } from "@/lib/oauth/client/redirect-uri";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import {
  type EndedPrivileges,
  type PrivilegeField,
  privilegeFields,
} from "@/lib/services/applications/settings/privileges";

const scopesKey = "restrictedScopes";
const keys = [...privilegeFields, scopesKey] as const;

export interface PrivilegesNoticeProps {
  application: Pick<ApplicationDetails, PrivilegeField | "redirectUris">;
  /** The restricted ones among its allowed scopes. */
  restrictedScopes: readonly string[];
}

/** Warns users who aren't administrators, before they change anything, of what it would cost them. */
export async function PrivilegesNotice({ application, restrictedScopes }: PrivilegesNoticeProps) {
  const [locale, t] = [await getContentLocale(), await getTexts("applications")];
  const settingTexts = await getTexts("applicationSettings");
  const items = privilegeFields
    .filter((field) => application[field])
    .map((field) => settingTexts(`fields.${field}.label`));
  if (restrictedScopes.length > 0) {
    items.push(t("privileges.granted.restrictedScopes", { scopes: formatList(restrictedScopes, locale, "unit") }));
  }
  if (items.length === 0) return null;
  const dependsOnKind = application.redirectUris.some(isLocalhostUri);
  return (
    <Alert tone="warning" title={t("privileges.granted.title")}>
      <ul className="list-disc ps-5">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <p className="pt-1">
        {t(dependsOnKind ? "privileges.granted.explanationForLocalhost" : "privileges.granted.explanation")}
      </p>
    </Alert>
  );
}

/** The query for `EndedPrivilegesAlert`; empty if nothing has ended. */
export function toEndedQuery({ fields, restrictedScopes }: EndedPrivileges): string {
  const ended = [...fields, ...(restrictedScopes.length > 0 ? [scopesKey] : [])];
  return ended.length > 0 ? `?${new URLSearchParams(ended.map((name) => ["ended", name]))}` : "";
}

/** Says after a change which of the administrator's permissions it has ended. */
export async function EndedPrivilegesAlert({ ended }: { ended: string | string[] | undefined }) {
  const names = [ended ?? []].flat();
  const shown = keys.filter((key) => names.includes(key));
  if (shown.length === 0) return null;
  const t = await getTexts("applications");
  return (
    <Alert tone="warning" title={t("privileges.ended.title")} announce>
      <ul className="list-disc ps-5">
        {shown.map((key) => (
          <li key={key}>{t(`privileges.ended.consequences.${key}`)}</li>
        ))}
      </ul>
      <p className="pt-1">{t("privileges.ended.advice")}</p>
    </Alert>
  );
}
