import { portalPost } from "@/lib/http/forms/portal-route";
import { clearResetLinkFlash } from "@/lib/http/forms/reset-link-flash";
import { seeOther } from "@/lib/http/responses";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { NotFoundError } from "@/lib/services/errors";

/** "I've copied it": deletes the only copy, in this browser's cookie. */
export const POST = portalPost(async (_form, _request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  // It becomes part of a cookie's path.
  if (!isUuid(id)) throw new NotFoundError("user");
  await clearResetLinkFlash(id);
  return seeOther(`/admin/users/${id}/security/`);
});
