import { findRedirectUriProblem, type RedirectUriPolicy } from "@/lib/oauth/client/redirect-uri";
import { addressProblem } from "./address-problem";
import { findOriginProblem } from "./allowed-origin";
import { findWebAddressProblem } from "./web-address";

/** The kinds of settings that are lists of addresses. */
export type AddressListKind = "redirect_uris" | "request_uris" | "origins";

/** What is wrong with one address of a list, by the rule of its kind; null if nothing is. */
export function findListedProblem(kind: AddressListKind, address: string, policy: RedirectUriPolicy): string | null {
  switch (kind) {
    case "redirect_uris": {
      const wrong = findRedirectUriProblem(address, policy);
      return wrong && addressProblem(wrong);
    }
    case "request_uris":
      return findWebAddressProblem(address, { fragment: true });
    case "origins":
      return findOriginProblem(address);
  }
}
