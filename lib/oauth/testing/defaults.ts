import type { ProtocolSettings } from "../ports/settings";
import type { Scope } from "../ports/types";

/** When every test begins, unless it sets the clock. */
export const epoch = new Date("2031-05-06T07:08:09.123Z");

/** The default settings, except that proofs need no nonce. */
export const settings: ProtocolSettings = {
  authorizationRequestLifetime: 600,
  authorizationCodeLifetime: 60,
  accessTokenLifetime: 36_000,
  idTokenLifetime: 3600,
  refreshTokenIdleLifetime: 30 * 86_400,
  refreshTokenLifetime: 365 * 86_400,
  refreshTokenGracePeriod: 10,
  pushedAuthorizationRequestLifetime: 60,
  deviceCodeLifetime: 1800,
  devicePollingInterval: 5,
  requirePushedAuthorizationRequests: false,
  requireDpopNonce: false,
  tokenEndpointAudience: false,
  requestParameter: true,
  requestUriParameter: true,
};

/** Those of the walk-through, and one that only some applications may have. */
export const scopes: readonly Scope[] = [
  { name: "read", description: "See your data", isDefault: true, isRestricted: false },
  { name: "write", description: "Change your data", isDefault: true, isRestricted: false },
  { name: "email", description: "See your e-mail address", isDefault: false, isRestricted: false },
  { name: "manage", description: "Manage this server", isDefault: false, isRestricted: true },
];
