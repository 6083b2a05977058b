import "server-only";
import { fetchSectorIdentifier } from "@/lib/outbound/sector-identifiers";
import type { ServiceContext } from "../../context";
import { ValidationError } from "../../errors";

interface Sector {
  sectorIdentifierUri?: string | null;
  redirectUris: readonly string[];
}

/**
 * Whoever publishes the sector identifier says who belongs to it: every redirect URI must be in its list (OpenID
 * Connect Core §8.1, Dynamic Client Registration §5), or anyone could learn the pairwise subjects of a sector by naming
 * it. Speaks to that server for up to five seconds: nothing that others wait for may be held meanwhile.
 */
export async function checkSectorIdentifier(
  { settings }: Pick<ServiceContext, "settings">,
  { sectorIdentifierUri, redirectUris }: Sector,
  fetchList: typeof fetchSectorIdentifier = fetchSectorIdentifier,
): Promise<void> {
  if (!sectorIdentifierUri) return;
  const listed = await fetchList(sectorIdentifierUri, settings.outboundPrivateNetworks);
  if (!listed) throw refusal("It could not be fetched, or isn't a JSON list of redirect URIs.");
  if (!redirectUris.every((uri) => listed.includes(uri))) {
    throw refusal("The list that it leads to must contain every redirect URI, letter for letter.");
  }
}

function refusal(message: string): ValidationError {
  return new ValidationError({ sectorIdentifierUri: [message] });
}
