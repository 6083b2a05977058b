import { clientRoute } from "@/lib/http/machine/client-route";
import { methodNotAllowed } from "@/lib/http/responses";
import { answerIntrospectionRequest } from "@/lib/oauth/access/introspection";

/** RFC 7662, RFC 9701. Not for scripts: there is no preflight, and no origin may read an error either. */
export const POST = clientRoute(answerIntrospectionRequest, (error) => error);

// RFC 7662 §4: not by GET, or tokens would stand in URLs, which logs and caches keep.
const notAllowed = methodNotAllowed("POST");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  notAllowed as OPTIONS,
};
