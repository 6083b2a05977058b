import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { serviceContext } from "@/lib/http/service-context";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { can, requireActor, type ServiceContext } from "@/lib/services/context";
import { userNotFound } from "@/lib/services/users/find-user";

export interface PostedUser {
  id: string;
  /** The pages of the user, without a trailing slash: cookies for them have this path. */
  page: string;
  context: ServiceContext;
}

/**
 * The POST of a form about one user. To those who may not see users, none exists; what can't be an ID never becomes
 * part of a cookie's path.
 */
export function userPost(handler: (form: Parameters, user: PostedUser) => Promise<Response>) {
  return portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    const context = { ...serviceContext(await getCurrentSession(), request.headers), signal: request.signal };
    if (!can(requireActor(context), "users:read") || !isUuid(id)) throw userNotFound();
    return handler(form, { id, page: `/admin/users/${id}`, context });
  });
}
