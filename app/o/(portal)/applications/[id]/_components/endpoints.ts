import { type EndpointName, endpointUrl } from "@/lib/oauth/endpoints";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { actsForUsers } from "../../_components/grant-types";

export interface EndpointsSubject {
  grantTypes: readonly string[];
  clientType: "confidential" | "public";
}

/** The addresses that the application itself uses, by their usual names in libraries. */
export function listEndpoints(application: EndpointsSubject, issuer: string): { label: string; url: string }[] {
  const usesCode = application.grantTypes.includes("authorization_code");
  const usesDevice = application.grantTypes.includes(deviceCodeGrant);
  const isForPeople = actsForUsers(application.grantTypes);
  const listed: [label: string, name: EndpointName, isUsed: boolean][] = [
    ["Authorization", "authorization", usesCode],
    ["Pushed requests (PAR)", "pushedAuthorization", usesCode],
    ["Device authorization", "deviceAuthorization", usesDevice],
    ["Token", "token", true],
    ["Userinfo", "userinfo", isForPeople],
    ["Sign-out", "endSession", isForPeople],
    ["Revocation", "revocation", true],
    ["Introspection", "introspection", application.clientType === "confidential"],
    ["Keys (JWKS)", "keySet", true],
  ];
  return listed.filter(([, , isUsed]) => isUsed).map(([label, name]) => ({ label, url: endpointUrl(issuer, name) }));
}
