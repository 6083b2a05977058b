import type { AdmittedKind } from "@/lib/oauth/ports/context";
import { Quota, type QuotaRules } from "./quota";

const minute = 60;

/**
 * What one network and one client can have stored without signing in, per process. Generous: a large office or a mobile
 * carrier is one network. There is no total limit, because a botnet could then lock everyone out. Requests are counted
 * in units of 1,024 characters: an ordinary one counts as one.
 */
const rules: Readonly<Record<AdmittedKind, QuotaRules>> = {
  authorization_request: { window: 10 * minute, network: 5000, client: 50_000 },
  pushed_request: { window: minute, network: 1000, client: 10_000 },
  device_authorization: { window: 10 * minute, network: 1000, client: 10_000 },
  // The `jti` of a DPoP proof or a client assertion.
  proof: { window: minute, network: 1000, client: 10_000 },
  // For a client that registered itself, without a user.
  token: { window: 10 * minute, network: 1000, client: 300 },
};

// Each bundle of routes may have its own copy of this module.
const holder = globalThis as typeof globalThis & { latchkeyQuotas?: Map<AdmittedKind, Quota> };

/** Takes a place for something that is about to be stored. Returns the seconds to wait, 0 if there was room. */
export type Admit = (kind: AdmittedKind, client: string, weight: number) => number;

/** The core's port for requests from this network; null if the request didn't come from outside. */
export function admitFrom(network: string | null): Admit {
  return (kind, client, weight) => findQuota(kind).take({ network, client }, weight)?.retryAfter ?? 0;
}

function findQuota(kind: AdmittedKind): Quota {
  holder.latchkeyQuotas ??= new Map();
  const quota = holder.latchkeyQuotas.get(kind) ?? new Quota(rules[kind]);
  holder.latchkeyQuotas.set(kind, quota);
  return quota;
}
