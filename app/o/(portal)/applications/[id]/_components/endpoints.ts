import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { actsForPeople } from "../../_components/grant-types";

export interface EndpointsSubject {
  grantTypes: readonly string[];
  clientType: "confidential" | "public";
}

/** The addresses that the application itself has to do with, by what they are called in libraries. */
export function listEndpoints(application: EndpointsSubject, issuer: string): { label: string; url: string }[] {
  const usesCode = application.grantTypes.includes("authorization_code");
  const usesDevice = application.grantTypes.includes(deviceCodeGrant);
  const isForPeople = actsForPeople(application.grantTypes);
  const endpoints: [string, string, boolean][] = [
    ["Authorization", "authorize/", usesCode],
    ["Pushed requests (PAR)", "par/", usesCode],
    ["Device authorization", "device-authorization/", usesDevice],
    ["Token", "token/", true],
    ["Userinfo", "userinfo/", isForPeople],
    ["Sign-out", "logout/", isForPeople],
    ["Revocation", "revoke_token/", true],
    ["Introspection", "introspect/", application.clientType === "confidential"],
    ["Keys (JWKS)", ".well-known/jwks.json", true],
  ];
  return endpoints.filter(([, , isUsed]) => isUsed).map(([label, path]) => ({ label, url: `${issuer}/${path}` }));
}
