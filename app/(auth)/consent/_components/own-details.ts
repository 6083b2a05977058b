import type { StandardClaims } from "@/lib/oauth/ports/standard-claims";

/**
 * The user's own values that a scope of OpenID Connect Core §5.4 would show, by scope; scopes without any are omitted.
 */
export function describeOwnDetails(username: string, claims: StandardClaims): Readonly<Record<string, string>> {
  const { name, given_name: givenName, family_name: familyName, address } = claims;
  const fullName = name ?? [givenName, familyName].filter(Boolean).join(" ");
  const details = {
    profile: [fullName, username].filter(Boolean).join(", "),
    email: claims.email,
    phone: claims.phone_number ?? "You haven’t set a phone number.",
    address: address?.formatted?.replaceAll("\n", ", ") ?? "You haven’t set an address.",
  };
  return Object.fromEntries(Object.entries(details).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
