import { clientRoute } from "@/lib/http/client-route";
import { preflight } from "@/lib/http/cors";
import { methodNotAllowed } from "@/lib/http/responses";
import { answerPushedAuthorizationRequest } from "@/lib/oauth/pushed-authorization";

/** RFC 9126. */
export const POST = clientRoute(answerPushedAuthorizationRequest);

const notAllowed = methodNotAllowed("POST", "OPTIONS");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  preflight as OPTIONS,
};
