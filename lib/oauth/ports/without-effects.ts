import type { OAuthContext } from "./context";

/**
 * The same server for a HEAD request to the authorization endpoint: the answer of a GET, with nothing stored, used up
 * or recorded (RFC 9110 §9.3.2). A code in such an answer can't be redeemed.
 */
export function withoutEffects(context: OAuthContext): OAuthContext {
  const { requests, codes, pushedRequests } = context.stores;
  return {
    ...context,
    admit: () => 0,
    stores: {
      ...context.stores,
      requests: {
        create: async () => {},
        find: (idHash) => requests.find(idHash),
        recordAuthentication: async () => true,
        decide: async () => true,
        discard: async () => true,
      },
      codes: {
        issue: async () => true,
        issueForRequest: async () => true,
        find: (codeHash) => codes.find(codeHash),
        redeem: async () => false,
        invalidate: async () => false,
      },
      pushedRequests: {
        create: async () => {},
        find: (idHash, applicationId, now) => pushedRequests.find(idHash, applicationId, now),
        remove: async () => {},
      },
      usedJtis: { use: async () => true },
      audit: { record: async () => {} },
    },
  };
}
