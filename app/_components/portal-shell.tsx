import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "@/components/layout/app-shell";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";

const nav = [
  { href: "/o/applications/", label: "Applications" },
  { href: "/o/authorized_tokens/", label: "Authorized applications" },
] as const;

/** What only administrators see; the pages themselves refuse everyone else. */
const administratorNav = [
  { href: "/o/scopes/", label: "Scopes" },
  { href: "/o/apis/", label: "APIs" },
  { href: "/o/registration-tokens/", label: "Registration tokens" },
  { href: "/o/signing-keys/", label: "Signing keys" },
] as const;

export type PortalShellProps = Pick<AppShellProps, "width"> & {
  /** The navigation entry that this page belongs to; absent where it belongs to none. */
  current?: (typeof nav | typeof administratorNav)[number]["href"];
  children: ReactNode;
};

/** The frame of a portal page with the person who is signed in at this browser, or with a way to sign in. */
export async function PortalShell({ current, width, children }: PortalShellProps) {
  const session = await getCurrentSession();
  if (!session) return <AppShell width={width}>{children}</AppShell>;
  const { username, email, isAdministrator } = session.user;
  const entries = isAdministrator ? [...nav, ...administratorNav] : nav;
  return (
    <AppShell
      width={width}
      nav={entries.map((item) => ({ ...item, current: item.href === current }))}
      account={{ name: username, email, csrf: await getCsrfToken() }}
    >
      {children}
    </AppShell>
  );
}
