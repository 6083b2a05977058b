import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { NotFoundError } from "@/lib/services/errors";
import { importCheckedUsers } from "@/lib/services/users/transfer/pending-import";

/** Imports the users of the file that was checked. Sent twice, the second one finds it done. */
export const POST = portalPost(async (_form, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  try {
    await importCheckedUsers(context);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  return seeOther("/admin/users/import/");
});
