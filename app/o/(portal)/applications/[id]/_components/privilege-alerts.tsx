import { Alert } from "@/components/ui/alert";
import { isLocalhostUri } from "@/lib/oauth/client/redirect-uri";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import {
  type EndedPrivileges,
  type PrivilegeField,
  privilegeFields,
} from "@/lib/services/applications/settings/privileges";

const scopesKey = "restrictedScopes";
const keys = [...privilegeFields, scopesKey] as const;

const granted: Record<PrivilegeField, string> = {
  skipConsent: "Skip consent",
  redirectsBeforeSignIn: "Redirect errors before sign-in",
};

const consequences: Record<(typeof keys)[number], string> = {
  skipConsent: "Users are asked for their consent from now on.",
  redirectsBeforeSignIn: "Before sign-in, errors are shown on a page instead of redirecting at once.",
  restrictedScopes: "Restricted scopes were removed, and tokens with them are refused.",
};

export interface PrivilegesNoticeProps {
  application: Pick<ApplicationDetails, PrivilegeField | "redirectUris">;
  /** The restricted ones among its allowed scopes. */
  restrictedScopes: readonly string[];
}

/** Warns users who aren't administrators, before they change anything, of what it would cost them. */
export function PrivilegesNotice({ application, restrictedScopes }: PrivilegesNoticeProps) {
  const items = privilegeFields.filter((field) => application[field]).map((field) => granted[field]);
  if (restrictedScopes.length > 0) items.push(`Restricted scopes: ${restrictedScopes.join(", ")}`);
  if (items.length === 0) return null;
  const dependsOnKind = application.redirectUris.some(isLocalhostUri);
  return (
    <Alert tone="warning" title="An administrator granted this application extra permissions">
      <ul className="list-disc pl-5">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <p className="pt-1">
        They end if you change its redirect URIs, scopes, client type, grant types, keys or client authentication.
        {dependsOnKind &&
          " Changing to or from a native app ends them too, because a native app may use any port of localhost."}{" "}
        Only an administrator can grant them again.
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
export function EndedPrivilegesAlert({ ended }: { ended: string | string[] | undefined }) {
  const names = [ended ?? []].flat();
  const shown = keys.filter((key) => names.includes(key));
  if (shown.length === 0) return null;
  return (
    <Alert tone="warning" title="Your change ended permissions that an administrator had granted" announce>
      <ul className="list-disc pl-5">
        {shown.map((key) => (
          <li key={key}>{consequences[key]}</li>
        ))}
      </ul>
      <p className="pt-1">Ask an administrator to grant them again if the application still needs them.</p>
    </Alert>
  );
}
