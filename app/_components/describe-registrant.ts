import type { Authorization } from "@/lib/services/authorizations/list-authorizations";

/** Who stands behind an application, for the people who have let it in. */
export function describeRegistrant({
  owner,
  registeredDynamically,
}: Pick<Authorization, "owner" | "registeredDynamically">): string {
  if (owner) return `Registered by ${owner}`;
  return registeredDynamically ? "Registered itself" : "Registered by the administrators of this server";
}
