import { clientRoute } from "@/lib/http/machine/client-route";
import { preflight, refuseOtherMethods } from "@/lib/http/machine/cors";
import { answerPushedAuthorizationRequest } from "@/lib/oauth/authorize/pushed-authorization";

/** RFC 9126. */
export const POST = clientRoute(answerPushedAuthorizationRequest);

const notAllowed = refuseOtherMethods("POST", "OPTIONS");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  preflight as OPTIONS,
};
