import { AppWindow, ShieldCheck } from "lucide-react";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "@/components/layout/app-shell";
import { ConsoleShell } from "@/components/layout/console-shell";
import { TextsProvider } from "@/components/texts/texts-provider";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import type { CurrentSession } from "@/lib/auth/session-store";
import { searchPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { browserTexts } from "@/lib/messages/browser-texts";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts, setContentLocale } from "@/lib/messages/request-locale";
import { hasApplications } from "@/lib/services/applications/has-applications";
import { can } from "@/lib/services/context";
import { type AdministrationPath, isCurrent, type NavGroup, visibleNav } from "./administration-nav";

/** What everyone has for themselves: in the top bar of users, in the account menu of those with a side navigation. */
const ownNav = [
  { href: "/o/applications/", name: "yourApplications", icon: <AppWindow aria-hidden /> },
  { href: "/o/authorized_tokens/", name: "authorizedApplications", icon: <ShieldCheck aria-hidden /> },
] as const;

export type PortalShellProps = Pick<AppShellProps, "width"> & {
  /** The navigation entry of this page; absent if it has none. */
  current?: AdministrationPath | (typeof ownNav)[number]["href"] | typeof searchPath;
  children: ReactNode;
};

/**
 * The frame of a portal page: the side navigation for those who administer something, the top bar for everyone else,
 * who may be signed out. Pages of administration aren't there in every language: their content is marked with its own,
 * which times in it follow.
 */
export async function PortalShell({ current, width, children }: PortalShellProps) {
  const session = await getCurrentSession();
  if (!session) return <AppShell width={width}>{children}</AppShell>;
  const context = serviceContext(session, await headers());
  const { actor } = context;
  const nav = visibleNav((permission) => can(actor, permission));
  const locale = await getLocale();
  const consoleLocale = localeOf("console", locale);
  const contentLocale = current && current !== "/o/authorized_tokens/" ? consoleLocale : locale;
  setContentLocale(contentLocale);
  const some = await hasApplications(context);
  const own = ownNav.filter(({ href }) => some || href !== "/o/applications/");
  const frame = { session, own, current, width, contentLocale };
  const content =
    contentLocale === locale ? (
      children
    ) : (
      <TextsProvider texts={browserTexts(contentLocale, ["browser"])}>{children}</TextsProvider>
    );
  if (nav.length === 0) return <OwnFrame {...frame}>{content}</OwnFrame>;
  return (
    <AdministrationFrame {...frame} nav={nav}>
      <TextsProvider texts={browserTexts(contentLocale, ["controls"])}>{content}</TextsProvider>
    </AdministrationFrame>
  );
}

type FrameProps = PortalShellProps & {
  session: CurrentSession;
  own: readonly (typeof ownNav)[number][];
  contentLocale: ReturnType<typeof localeOf>;
};

async function OwnFrame({ session, own, current, ...rest }: FrameProps) {
  const t = await getTexts("layout");
  return (
    <AppShell
      {...rest}
      nav={own.map(({ href, name }) => ({ href, label: t(`navigation.${name}`), current: href === current }))}
      account={await accountOf(session)}
    />
  );
}

async function describeSearch() {
  const t = await getTexts("search");
  const isApple = /Mac|iPhone|iPad/.test((await headers()).get("user-agent") ?? "");
  const texts = {
    title: t("title"),
    label: t("label"),
    placeholder: t("placeholder"),
    none: t("none.title"),
    failed: t("failed"),
  };
  return { href: searchPath, shortcut: isApple ? "⌘ K" : "Ctrl K", texts };
}

async function AdministrationFrame({ session, own, nav, current, ...rest }: FrameProps & { nav: readonly NavGroup[] }) {
  const [t, consoleTexts] = [await getTexts("layout"), await getTexts("console")];
  const shown = nav.flatMap(({ entries }) => entries.map(({ href }) => href));
  const links = own
    .filter(({ href }) => !shown.includes(href))
    .map(({ href, name, icon }) => ({ href, label: t(`navigation.${name}`), icon }));
  return (
    <ConsoleShell
      {...rest}
      nav={nav.map(({ name, entries }) => ({
        label: name && consoleTexts(`navigationGroups.${name}`),
        items: entries.map((entry) => ({
          href: entry.href,
          label: consoleTexts(`navigation.${entry.name}`),
          icon: entry.icon,
          current: isCurrent(entry, current),
        })),
      }))}
      navLocale={localeOf("console", await getLocale())}
      account={{ ...(await accountOf(session)), links }}
      search={await describeSearch()}
    />
  );
}

async function accountOf({ user: { username, email } }: CurrentSession) {
  return { name: username, email, csrf: await getCsrfToken() };
}
