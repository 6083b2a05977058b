import type { Authorization } from "@/lib/services/authorizations/list-authorizations";

/** Who registered an application, for the users who have authorized it. */
export function describeRegistrant({
  owner,
  registeredDynamically,
}: Pick<Authorization, "owner" | "registeredDynamically">): string {
  if (owner) return `Registered by ${owner}`;
  return registeredDynamically ? "Registered itself" : "Registered by the administrators of this server";
}
