import { portalPost } from "@/lib/http/forms/portal-route";
import { answerCancellation } from "@/lib/http/pages/authorize";
import { readAuthorizationRequestId } from "@/lib/http/request-ids";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";

/** Back to the application without signing in. */
export const POST = portalPost(async (form, request) => {
  form.refuseOthersThan(["csrf", "authorization_request"]);
  const requestId = readAuthorizationRequestId(form);
  if (!requestId) throw new InvalidRequestError("The form is incomplete.");
  return answerCancellation(request, requestId);
});
