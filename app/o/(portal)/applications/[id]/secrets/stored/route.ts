import { portalPost } from "@/lib/http/portal-route";
import { seeOther } from "@/lib/http/responses";
import { applicationPath, clearSecretFlash } from "@/lib/http/secret-flash";
import { NotFoundError } from "@/lib/services/errors";
import { isUuid } from "@/lib/services/parse";

/** "I have stored it": the only copy, in this browser's cookie, goes. */
export const POST = portalPost(async (_form, _request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  if (!isUuid(id)) throw new NotFoundError("The application");
  await clearSecretFlash(id);
  return seeOther(applicationPath(id));
});
