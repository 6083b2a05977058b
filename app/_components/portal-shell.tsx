import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "@/components/layout/app-shell";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { getTexts } from "@/lib/messages/request-locale";
import { can, userActor } from "@/lib/services/context";

const nav = [
  { href: "/o/applications/", label: "applications" },
  { href: "/o/authorized_tokens/", label: "authorizedApplications" },
] as const;

/** Shown to users who may open them; the pages themselves refuse everyone else. */
const administrationNav = [
  { href: "/o/scopes/", label: "scopes", permission: "scopes:read" },
  { href: "/o/apis/", label: "apis", permission: "apis:read" },
  { href: "/o/registration-tokens/", label: "initialAccessTokens", permission: "initial_access_tokens:read" },
  { href: "/o/signing-keys/", label: "signingKeys", permission: "signing_keys:read" },
] as const;

export type PortalShellProps = Pick<AppShellProps, "width"> & {
  /** The navigation entry of this page; absent if it has none. */
  current?: (typeof nav | typeof administrationNav)[number]["href"];
  children: ReactNode;
};

/** The frame of a portal page with the signed-in user of this browser, or with a link to sign in. */
export async function PortalShell({ current, width, children }: PortalShellProps) {
  const session = await getCurrentSession();
  if (!session) return <AppShell width={width}>{children}</AppShell>;
  const { username, email } = session.user;
  const actor = userActor(session.user);
  const t = await getTexts("layout");
  const entries = [...nav, ...administrationNav.filter(({ permission }) => can(actor, permission))];
  return (
    <AppShell
      width={width}
      nav={entries.map(({ href, label }) => ({ href, label: t(`navigation.${label}`), current: href === current }))}
      account={{ name: username, email, csrf: await getCsrfToken() }}
    >
      {children}
    </AppShell>
  );
}
