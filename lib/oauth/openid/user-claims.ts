import type { OAuthContext } from "../ports/context";
import { listWanted, selectClaims, type WantedClaims } from "./claims";

/**
 * How many groups are named. A token travels in headers, which servers limit; an answer of userinfo doesn't. A part of
 * the groups would look like all of them, so if there are more, none is named (docs/adr/0061).
 */
export const maximumGroups = { token: 200, userinfo: 1000 } as const;

type Place = keyof typeof maximumGroups;

/** What an application gets to know of a user; null if there is no such user. */
export async function findUserClaims(
  context: OAuthContext,
  userId: string,
  wanted: WantedClaims,
  place: Place,
): Promise<object | null> {
  const wantsGroups = listWanted(wanted).includes("groups");
  const [person, groups, custom] = await Promise.all([
    context.stores.users.findClaims(userId),
    wantsGroups ? findGroups(context, userId, place) : {},
    context.stores.users.findCustomClaims(userId, wanted.scopes),
  ]);
  // Last come the claims that specifications define: no attribute ever takes the place of one.
  return person && { ...custom, ...selectClaims(person, wanted), ...groups };
}

/** The claim `groups`, or a mark that there are too many to name. */
export async function findGroups(context: OAuthContext, userId: string, place: Place): Promise<object> {
  const maximum = maximumGroups[place];
  const names = await context.stores.groups.listNames(userId, maximum + 1);
  return names.length > maximum ? { groups_overage: true } : { groups: names };
}
