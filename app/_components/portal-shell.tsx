import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "@/components/layout/app-shell";
import { TextsProvider } from "@/components/texts/texts-provider";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { browserTexts } from "@/lib/messages/browser-texts";
import { localeOf, type Namespace } from "@/lib/messages/catalog";
import { getLocale, getTexts, setContentLocale } from "@/lib/messages/request-locale";
import { can, userActor } from "@/lib/services/context";

interface NavEntry {
  href: string;
  name: string;
  texts: Namespace;
  permission?: string;
}

/** `name` is that of the link in the texts, `texts` the file that the pages behind it take theirs from. */
const nav = [
  { href: "/o/applications/", name: "applications", texts: "applications" },
  { href: "/o/authorized_tokens/", name: "authorizedApplications", texts: "authorizations" },
] as const satisfies readonly NavEntry[];

/** Shown to users who may open them; the pages themselves refuse everyone else. */
const administrationNav = [
  { href: "/o/scopes/", name: "scopes", texts: "scopes", permission: "scopes:read" },
  { href: "/o/apis/", name: "apis", texts: "apis", permission: "apis:read" },
  {
    href: "/o/registration-tokens/",
    name: "initialAccessTokens",
    texts: "initialAccessTokens",
    permission: "initial_access_tokens:read",
  },
  { href: "/o/signing-keys/", name: "signingKeys", texts: "signingKeys", permission: "signing_keys:read" },
] as const satisfies readonly NavEntry[];

export type PortalShellProps = Pick<AppShellProps, "width"> & {
  /** The navigation entry of this page; absent if it has none. */
  current?: (typeof nav | typeof administrationNav)[number]["href"];
  children: ReactNode;
};

/**
 * The frame of a portal page with the signed-in user of this browser, or with a link to sign in. Pages of
 * administrators aren't there in every language: their content is marked with its own, which times in it follow.
 */
export async function PortalShell({ current, width, children }: PortalShellProps) {
  const session = await getCurrentSession();
  if (!session) return <AppShell width={width}>{children}</AppShell>;
  const { username, email } = session.user;
  const actor = userActor(session.user);
  const [t, locale] = [await getTexts("layout"), await getLocale()];
  const texts = [...nav, ...administrationNav].find(({ href }) => href === current)?.texts;
  const contentLocale = texts ? localeOf(texts, locale) : locale;
  setContentLocale(contentLocale);
  const entries = [...nav, ...administrationNav.filter(({ permission }) => can(actor, permission))];
  return (
    <AppShell
      width={width}
      contentLocale={contentLocale}
      nav={entries.map(({ href, name }) => ({ href, label: t(`navigation.${name}`), current: href === current }))}
      account={{ name: username, email, csrf: await getCsrfToken() }}
    >
      {contentLocale === locale ? (
        children
      ) : (
        <TextsProvider texts={browserTexts(contentLocale, ["browser"])}>{children}</TextsProvider>
      )}
    </AppShell>
  );
}
