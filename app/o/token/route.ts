import { clientRoute } from "@/lib/http/client-route";
import { preflight } from "@/lib/http/cors";
import { methodNotAllowed } from "@/lib/http/responses";
import { answerTokenRequest } from "@/lib/oauth/token";

/** RFC 6749 §3.2. */
export const POST = clientRoute(answerTokenRequest);

const notAllowed = methodNotAllowed("POST", "OPTIONS");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  preflight as OPTIONS,
};
