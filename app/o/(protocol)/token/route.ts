import { clientRoute } from "@/lib/http/machine/client-route";
import { preflight, refuseOtherMethods } from "@/lib/http/machine/cors";
import { answerTokenRequest } from "@/lib/oauth/token/token";

/** RFC 6749 §3.2. */
export const POST = clientRoute(answerTokenRequest);

const notAllowed = refuseOtherMethods("POST", "OPTIONS");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  preflight as OPTIONS,
};
