import { requirePermission, type ServiceContext } from "@/lib/services/context";
import { loadPage } from "./load-page";

/**
 * The guard of a page of administration at `path`. Without a session the user signs in and comes back; without the
 * permission there is no such page. Each page calls this itself, because a layout isn't rendered for every request.
 */
export function requirePortalPage(
  permission: Parameters<typeof requirePermission>[1],
  path: string,
): Promise<ServiceContext> {
  return loadPage(path, async (context) => {
    requirePermission(context, permission);
    return context;
  });
}
