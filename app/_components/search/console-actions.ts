import type { Messages } from "@/lib/messages/catalog";
import type { Permission } from "@/lib/services/permissions";

/** What the palette offers to begin, with the permission that its page needs. */
export const consoleActions: readonly {
  name: keyof Messages["search"]["actionNames"];
  href: string;
  permission?: Permission;
}[] = [
  { name: "registerApplication", href: "/o/applications/register/", permission: "applications:register" },
  { name: "chooseTemplate", href: "/o/applications/templates/", permission: "applications:register" },
  { name: "createUser", href: "/admin/users/create/", permission: "users:write" },
  { name: "invite", href: "/admin/invitations/create/", permission: "invitations:write" },
  { name: "createGroup", href: "/admin/groups/create/", permission: "groups:write" },
  { name: "importUsers", href: "/admin/users/import/", permission: "users:write" },
  { name: "exportUsers", href: "/admin/users/export/", permission: "users:read" },
  { name: "createApi", href: "/o/apis/create/", permission: "apis:write" },
  { name: "createScope", href: "/o/scopes/create/", permission: "scopes:write" },
  { name: "createAttribute", href: "/admin/settings/attributes/create/", permission: "settings:write" },
  { name: "account", href: "/account/" },
];
