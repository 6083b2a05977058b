import {
  AppWindow,
  FileKey2,
  KeyRound,
  LayoutDashboard,
  Mail,
  MailPlus,
  Network,
  Send,
  Settings2,
  Tags,
  Users,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Messages } from "@/lib/messages/catalog";
import type { Permission } from "@/lib/services/permissions";

export interface NavEntry {
  href: string;
  /** Of the link in `console.json`, below `navigation`. */
  name: keyof Messages["console"]["navigation"];
  icon: ReactNode;
  /** Shown to users who have it; the pages themselves refuse everyone else. Absent: shown to all who see the others. */
  permission?: Permission;
  /** Other lists that this entry is current on, because they are tabs of its page. */
  tabs?: readonly string[];
}

export interface NavGroup {
  name?: keyof Messages["console"]["navigationGroups"];
  entries: readonly NavEntry[];
}

/** The side navigation. A page of administration is one line here; `PortalShell current` takes its address. */
export const administrationNav = [
  { entries: [{ href: "/admin/", name: "overview", icon: <LayoutDashboard aria-hidden /> }] },
  {
    name: "people",
    entries: [
      { href: "/admin/users/", name: "users", icon: <Users aria-hidden />, permission: "users:read" },
      { href: "/admin/groups/", name: "groups", icon: <UsersRound aria-hidden />, permission: "groups:read" },
      {
        href: "/admin/invitations/",
        name: "invitations",
        icon: <MailPlus aria-hidden />,
        permission: "invitations:read",
      },
      { href: "/admin/messages/", name: "messages", icon: <Send aria-hidden />, permission: "messages:read" },
    ],
  },
  {
    name: "applications",
    entries: [
      {
        href: "/o/applications/",
        name: "applications",
        icon: <AppWindow aria-hidden />,
        permission: "applications:read",
      },
      {
        href: "/o/apis/",
        name: "apisAndScopes",
        icon: <Network aria-hidden />,
        permission: "apis:read",
        tabs: ["/o/scopes/"],
      },
      {
        href: "/o/registration-tokens/",
        name: "initialAccessTokens",
        icon: <KeyRound aria-hidden />,
        permission: "initial_access_tokens:read",
      },
    ],
  },
  {
    name: "settings",
    entries: [
      { href: "/admin/settings/", name: "general", icon: <Settings2 aria-hidden />, permission: "settings:read" },
      {
        href: "/admin/settings/attributes/",
        name: "attributes",
        icon: <Tags aria-hidden />,
        permission: "settings:read",
      },
      { href: "/admin/settings/email/", name: "email", icon: <Mail aria-hidden />, permission: "settings:read" },
      {
        href: "/o/signing-keys/",
        name: "signingKeys",
        icon: <FileKey2 aria-hidden />,
        permission: "signing_keys:read",
      },
    ],
  },
] as const satisfies readonly NavGroup[];

type Entry = (typeof administrationNav)[number]["entries"][number];

/** An address that has an entry in the side navigation, or is a tab of one that has. */
export type AdministrationPath = Entry["href"] | Extract<Entry, { tabs: unknown }>["tabs"][number];

/** The groups with the entries that someone with these permissions sees; none if that is the overview alone. */
export function visibleNav(may: (permission: Permission) => boolean): NavGroup[] {
  const groups: readonly NavGroup[] = administrationNav;
  const visible = groups
    .map((group) => ({ ...group, entries: group.entries.filter(({ permission }) => !permission || may(permission)) }))
    .filter(({ entries }) => entries.length > 0);
  return visible.some(({ entries }) => entries.some(({ permission }) => permission)) ? visible : [];
}

export function isCurrent({ href, tabs }: NavEntry, current: string | undefined): boolean {
  return current !== undefined && (href === current || tabs?.includes(current) === true);
}

export function hasPage(name: NavEntry["name"]): boolean {
  const groups: readonly NavGroup[] = administrationNav;
  return groups.some(({ entries }) => entries.some((entry) => entry.name === name));
}
