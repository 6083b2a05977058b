import { clientRoute } from "@/lib/http/machine/client-route";
import { preflight, refuseOtherMethods } from "@/lib/http/machine/cors";
import { answerRevocationRequest } from "@/lib/oauth/access/revocation";

/** RFC 7009. */
export const POST = clientRoute(answerRevocationRequest);

const notAllowed = refuseOtherMethods("POST", "OPTIONS");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  preflight as OPTIONS,
};
