import type { Texts } from "@/lib/messages/texts";
import type { StandardClaims } from "@/lib/oauth/ports/standard-claims";

/**
 * The user's own values that a scope of OpenID Connect Core §5.4 would show, by scope; scopes without any are omitted.
 */
export function describeOwnDetails(
  username: string,
  claims: StandardClaims,
  t: Texts<"consent">,
): Readonly<Record<string, string>> {
  const { name, given_name: givenName, family_name: familyName, address } = claims;
  const fullName = name ?? [givenName, familyName].filter(Boolean).join(" ");
  const details = {
    profile: [fullName, username].filter(Boolean).join(", "),
    email: claims.email,
    phone: claims.phone_number ?? t("details.noPhoneNumber"),
    address: address?.formatted?.replaceAll("\n", ", ") ?? t("details.noAddress"),
  };
  return Object.fromEntries(Object.entries(details).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
