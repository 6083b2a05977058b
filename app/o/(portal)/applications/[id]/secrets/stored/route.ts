import { portalPost } from "@/lib/http/forms/portal-route";
import { clearSecretFlash } from "@/lib/http/forms/secret-flash";
import { applicationPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { NotFoundError } from "@/lib/services/errors";
import { tabPathOf } from "../../_components/application-tabs";

/** "I have stored it": deletes the only copy, in this browser's cookie. */
export const POST = portalPost(async (form, _request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  if (!isUuid(id)) throw new NotFoundError("application");
  await clearSecretFlash(id);
  return seeOther(applicationPath(id, tabPathOf(form.get("tab"))));
});
