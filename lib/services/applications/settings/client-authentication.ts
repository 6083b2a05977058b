import type { Client } from "@/lib/oauth/ports/client";

type Authentication = Pick<Client, "clientType" | "tokenEndpointAuthMethod" | "jwks" | "jwksUri">;

/** What doesn't go together in how a client authenticates (RFC 7591 §2): field and sentence. */
export function findClientAuthenticationProblems(client: Authentication): [keyof Authentication, string][] {
  const { clientType, tokenEndpointAuthMethod: method, jwks, jwksUri } = client;
  const isPublic = clientType === "public";
  const problems: [keyof Authentication, string | false][] = [
    [
      "tokenEndpointAuthMethod",
      isPublic &&
        method !== null &&
        method !== "none" &&
        "A public client can't authenticate: its only method is none.",
    ],
    [
      "tokenEndpointAuthMethod",
      !isPublic && method === "none" && "A confidential client must authenticate: choose another method.",
    ],
    ["jwks", isPublic && jwks !== null && "A public client has no keys."],
    ["jwksUri", isPublic && jwksUri !== null && "A public client has no keys."],
    ["jwksUri", jwks !== null && jwksUri !== null && "Give either the keys or the address of the keys, not both."],
    [
      "jwks",
      method === "private_key_jwt" &&
        jwks === null &&
        jwksUri === null &&
        "A signed assertion is verified with the application's keys: give them, or the address where they are.",
    ],
  ];
  return problems.filter((entry): entry is [keyof Authentication, string] => entry[1] !== false);
}
