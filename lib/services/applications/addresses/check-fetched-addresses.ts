import "server-only";
import { findFetchUrlProblem } from "@/lib/outbound/fetch-url";
import type { ServiceContext } from "../../context";
import { ValidationError } from "../../errors";
import { addressProblem } from "./address-problem";

/** Addresses that the server itself fetches or posts to. */
const fetched = ["jwksUri", "backchannelLogoutUri", "sectorIdentifierUri"] as const;

type FetchedAddresses = Partial<Readonly<Record<(typeof fetched)[number], string | null>>> & {
  requestUris?: readonly string[];
};

/** Refuses addresses that this server would never call. The form in the browser only checks their form. */
export function checkFetchedAddresses({ settings }: Pick<ServiceContext, "settings">, fields: FetchedAddresses): void {
  const findProblem = (address: string) => {
    const wrong = findFetchUrlProblem(address, settings.outboundPrivateNetworks);
    return wrong && addressProblem(wrong);
  };
  const problems: Record<string, string[]> = {};
  for (const field of fetched) {
    const address = fields[field];
    const problem = address ? findProblem(address) : null;
    if (problem) problems[field] = [problem];
  }
  // The fragment is never sent: it distinguishes versions (OpenID Connect Core §6.2).
  const requestUris = fields.requestUris ?? [];
  const requestUriProblem = requestUris.map((uri) => findProblem(uri.split("#")[0] ?? "")).find(Boolean);
  if (requestUriProblem) problems.requestUris = [requestUriProblem];
  if (Object.keys(problems).length > 0) throw new ValidationError(problems);
}
