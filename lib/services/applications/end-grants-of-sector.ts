import "server-only";
import { entersOtherSector, type SubjectClient } from "@/lib/oauth/openid/subject";
import type { RevocationReason } from "@/lib/oauth/ports/store";
import type { Transaction } from "../context";

interface SectorChange {
  applicationId: string;
  before: SubjectClient;
  after: SubjectClient;
  at: Date;
}

/**
 * Ends everything an application holds when a change moves it to another sector (OpenID Connect Core §8.1): with tokens
 * from its former sector, it could learn its users' subjects there. Users sign in again, which requires a code sent to
 * the new sector's host. Returns the number of ended grants; null if the sector is the same.
 */
export async function endGrantsOfOtherSector(tx: Transaction, change: SectorChange): Promise<number | null> {
  const { applicationId, before, after, at } = change;
  if (!entersOtherSector(before, after)) return null;
  const unused = { where: { applicationId, consumedAt: null }, data: { consumedAt: at } };
  // Codes first: one that is being redeemed now either fails, or its family is visible to the next statement.
  await tx.authorizationCode.updateMany(unused);
  // Undecided ones as well: the decision may be on its way.
  await tx.deviceAuthorization.updateMany(unused);
  const reason: RevocationReason = "sector_changed";
  const { count } = await tx.tokenFamily.updateMany({
    where: { applicationId, revokedAt: null },
    data: { revokedAt: at, revokedReason: reason },
  });
  // A logout token names the user as well (Back-Channel Logout §2.4).
  await tx.sessionParticipant.deleteMany({ where: { applicationId } });
  return count;
}
