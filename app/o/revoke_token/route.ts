import { clientRoute } from "@/lib/http/client-route";
import { preflight } from "@/lib/http/cors";
import { methodNotAllowed } from "@/lib/http/responses";
import { answerRevocationRequest } from "@/lib/oauth/revocation";

/** RFC 7009. */
export const POST = clientRoute(answerRevocationRequest);

const notAllowed = methodNotAllowed("POST", "OPTIONS");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  preflight as OPTIONS,
};
