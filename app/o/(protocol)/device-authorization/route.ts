import { clientRoute } from "@/lib/http/machine/client-route";
import { preflight, refuseOtherMethods } from "@/lib/http/machine/cors";
import { answerDeviceAuthorizationRequest } from "@/lib/oauth/device/device-authorization";

/** RFC 8628 §3.1. */
export const POST = clientRoute(answerDeviceAuthorizationRequest);

const notAllowed = refuseOtherMethods("POST", "OPTIONS");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  preflight as OPTIONS,
};
