import type { Lifetimes, Scope } from "../ports/types";

/** When every test begins, unless it sets the clock. */
export const epoch = new Date("2031-05-06T07:08:09.123Z");

/** The defaults of the server. */
export const lifetimes: Lifetimes = {
  authorizationRequest: 600,
  authorizationCode: 60,
  accessToken: 36_000,
  idToken: 3600,
  refreshTokenIdle: 30 * 86_400,
  refreshToken: 365 * 86_400,
  refreshTokenGrace: 10,
  pushedAuthorizationRequest: 60,
  deviceCode: 1800,
};

/** Those of the walk-through, and one that only some applications may have. */
export const scopes: readonly Scope[] = [
  { name: "read", description: "See your data", isDefault: true, isRestricted: false },
  { name: "write", description: "Change your data", isDefault: true, isRestricted: false },
  { name: "email", description: "See your e-mail address", isDefault: false, isRestricted: false },
  { name: "manage", description: "Manage this server", isDefault: false, isRestricted: true },
];
