import type { Scope } from "@/lib/oauth/ports/types";
import { isScopeAllowed } from "@/lib/oauth/scope/scope";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { actsForUsers } from "../../_components/grant-types";
import type { LoadedApplication } from "./load-application";

interface ScopesOfApplication {
  /** Those of the server. */
  scopes: Scope[];
  /** The names of those that it may request. */
  allowed: string[];
  /** Whether it may sign users in by OpenID Connect. */
  usesOpenid: boolean;
}

export async function loadScopes({
  context,
  application,
}: Pick<LoadedApplication, "application" | "context">): Promise<ScopesOfApplication> {
  const scopes = await listScopes(context);
  const allowed = scopes.filter((scope) => isScopeAllowed(application, scope)).map(({ name }) => name);
  return { scopes, allowed, usesOpenid: actsForUsers(application.grantTypes) && allowed.includes("openid") };
}
