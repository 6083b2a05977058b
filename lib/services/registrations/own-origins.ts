import { toWebOrigin } from "@/lib/oauth/wire/address-host";
import { findOriginProblem } from "../applications/addresses/allowed-origin";

interface OriginsBefore {
  clientType: string;
  redirectUris: readonly string[];
  allowedOrigins: readonly string[];
}

/**
 * The origins whose scripts may read answers for a client that registers itself: for a public client those of its
 * redirect URIs, where its codes already go. An update moves them along; origins added or removed here stay so.
 */
export function followRedirectUris(
  before: OriginsBefore | null,
  after: Pick<OriginsBefore, "clientType" | "redirectUris">,
): string[] {
  const [old, own] = [before ? listOwnOrigins(before) : [], listOwnOrigins(after)];
  const kept = (before?.allowedOrigins ?? []).filter((origin) => own.includes(origin) || !old.includes(origin));
  return [...new Set([...kept, ...own.filter((origin) => !old.includes(origin))])];
}

function listOwnOrigins({ clientType, redirectUris }: Pick<OriginsBefore, "clientType" | "redirectUris">): string[] {
  if (clientType !== "public") return [];
  const origins = redirectUris.map(toWebOrigin).filter((origin) => origin !== null);
  return origins.filter((origin) => findOriginProblem(origin) === null);
}
