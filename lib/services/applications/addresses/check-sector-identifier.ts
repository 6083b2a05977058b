import "server-only";
import { countAttempt } from "@/lib/db/rate-limits";
import { toWaitingMinutes } from "@/lib/describe-wait";
import { problem } from "@/lib/messages/problem";
import type { AttemptRule } from "@/lib/oauth/ports/store";
import { fetchSectorIdentifier } from "@/lib/outbound/sector-identifiers";
import type { ServiceContext } from "../../context";
import { ValidationError } from "../../errors";

/** By one actor. */
const fetches: AttemptRule = { limit: 20, window: 60 };

export interface SectorFields {
  sectorIdentifierUri?: string | null;
  redirectUris: readonly string[];
}

/**
 * The publisher of the sector identifier decides who belongs to it: every redirect URI must be in its list (OpenID
 * Connect Core §8.1, Dynamic Client Registration §5), or anyone could learn the pairwise subjects of a sector by naming
 * it. The call takes up to five seconds, so no lock may be held meanwhile.
 */
export async function checkSectorIdentifier(
  context: ServiceContext,
  { sectorIdentifierUri, redirectUris }: SectorFields,
  fetchList: typeof fetchSectorIdentifier = fetchSectorIdentifier,
): Promise<void> {
  if (!sectorIdentifierUri) return;
  await countFetch(context);
  const listed = await fetchList(sectorIdentifierUri, context.settings.outboundPrivateNetworks);
  if (!listed) throw refusal(problem("consoleProblems.applications.sectorUnread"));
  if (!redirectUris.every((uri) => listed.includes(uri))) {
    throw refusal(problem("consoleProblems.applications.sectorIncomplete"));
  }
}

/** Whether the check of one says the same of the other. */
export function isSameSector(one: SectorFields, other: SectorFields): boolean {
  if (!one.sectorIdentifierUri) return true;
  return (
    one.sectorIdentifierUri === other.sectorIdentifierUri &&
    one.redirectUris.every((uri) => other.redirectUris.includes(uri))
  );
}

/** Limits how often a caller can make the server call a host. Programs that register are counted by their network. */
async function countFetch({ actor, now }: ServiceContext): Promise<void> {
  if (actor === null || actor.kind === "system") return;
  const wait = await countAttempt(`sector identifier|${actor.kind} ${actor.id}`, fetches, now());
  if (wait > 0) throw refusal(problem("problems.password.attempts", { minutes: toWaitingMinutes(wait) }));
}

function refusal(what: string): ValidationError {
  return new ValidationError({ sectorIdentifierUri: [what] });
}
