import { clientRoute } from "@/lib/http/client-route";
import { preflight } from "@/lib/http/cors";
import { methodNotAllowed } from "@/lib/http/responses";
import { answerDeviceAuthorizationRequest } from "@/lib/oauth/device-authorization";

/** RFC 8628 §3.1. */
export const POST = clientRoute(answerDeviceAuthorizationRequest);

const notAllowed = methodNotAllowed("POST", "OPTIONS");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  preflight as OPTIONS,
};
