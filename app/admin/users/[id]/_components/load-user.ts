import { cache } from "react";
import { loadPage } from "@/lib/http/load-page";
import { userPath } from "@/lib/http/paths";
import { actorId, can, type ServiceContext } from "@/lib/services/context";
import { mayManage } from "@/lib/services/users/find-user";
import { getUser, type UserDetails } from "@/lib/services/users/manage/get-user";

export interface LoadedUser {
  context: ServiceContext;
  user: UserDetails;
  /** Whether the reader may change the account: those with a portal role are for who gives roles. */
  changeable: boolean;
  /** Whether the reader may end this user's sessions. */
  endsSessions: boolean;
  /** Whether the reader could change it if it had no portal role. */
  isProtected: boolean;
  /** The reader's own account. */
  isOwn: boolean;
}

/** The user behind one of the tabs, once for a request: its title and its content need the same. */
export const loadUser = cache(
  (id: string, tab: string): Promise<LoadedUser> =>
    loadPage(userPath(id, tab), async (context) => {
      const user = await getUser(context, { id });
      const manageable = mayManage(user, context);
      const writes = can(context.actor, "users:write");
      return {
        context,
        user,
        changeable: writes && manageable,
        endsSessions: can(context.actor, "sessions:write") && manageable,
        isProtected: writes && !manageable,
        isOwn: actorId(context) === user.id,
      };
    }),
);
