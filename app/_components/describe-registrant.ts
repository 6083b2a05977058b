import type { Texts } from "@/lib/messages/texts";
import type { Authorization } from "@/lib/services/authorizations/find-authorizations";

/** Who registered an application, for the users who have authorized it. */
export function describeRegistrant(
  { owner, registeredDynamically }: Pick<Authorization, "owner" | "registeredDynamically">,
  t: Texts<"authorizations">,
): string {
  if (owner) return t("registrant.user", { owner });
  return t(registeredDynamically ? "registrant.itself" : "registrant.administrators");
}
