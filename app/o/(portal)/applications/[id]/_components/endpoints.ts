import { type EndpointName, endpointUrl } from "@/lib/oauth/endpoints";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { actsForUsers } from "../../_components/grant-types";

export interface EndpointsSubject {
  grantTypes: readonly string[];
  clientType: "confidential" | "public";
}

/** The addresses that the application itself uses. */
export function listEndpoints(application: EndpointsSubject, issuer: string) {
  const usesCode = application.grantTypes.includes("authorization_code");
  const usesDevice = application.grantTypes.includes(deviceCodeGrant);
  const isForUsers = actsForUsers(application.grantTypes);
  const listed = [
    ["authorization", usesCode],
    ["pushedAuthorization", usesCode],
    ["deviceAuthorization", usesDevice],
    ["token", true],
    ["userinfo", isForUsers],
    ["endSession", isForUsers],
    ["revocation", true],
    ["introspection", application.clientType === "confidential"],
    ["keySet", true],
  ] as const satisfies [name: EndpointName, isUsed: boolean][];
  return listed.filter(([, isUsed]) => isUsed).map(([name]) => ({ name, url: endpointUrl(issuer, name) }));
}
