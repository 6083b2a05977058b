import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "@/components/layout/app-shell";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { can, userActor } from "@/lib/services/context";

const nav = [
  { href: "/o/applications/", label: "Applications" },
  { href: "/o/authorized_tokens/", label: "Authorized applications" },
] as const;

/** Shown to users who may open them; the pages themselves refuse everyone else. */
const administrationNav = [
  { href: "/o/scopes/", label: "Scopes", permission: "scopes:read" },
  { href: "/o/apis/", label: "APIs", permission: "apis:read" },
  { href: "/o/registration-tokens/", label: "Initial access tokens", permission: "initial_access_tokens:read" },
  { href: "/o/signing-keys/", label: "Signing keys", permission: "signing_keys:read" },
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
  const entries = [...nav, ...administrationNav.filter(({ permission }) => can(actor, permission))];
  return (
    <AppShell
      width={width}
      nav={entries.map(({ href, label }) => ({ href, label, current: href === current }))}
      account={{ name: username, email, csrf: await getCsrfToken() }}
    >
      {children}
    </AppShell>
  );
}
