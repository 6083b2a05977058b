/** The pages outside of the portal, by their folder in `app`: each has a screen in `screens.ts`, as the types ask. */

/** Before anyone has signed in. */
export const signedOutPages = [
  "/login",
  "/login/new-password",
  "/setup/[token]",
  "/invitation/[token]",
  "/reset-password/[token]",
  "/reset-password/done",
] as const;

/** Of someone who is signed in. */
export const ownPages = [
  "/",
  "/consent",
  "/login/confirm",
  "/no-access",
  "/o/device",
  "/o/device/confirm",
  "/o/device/done",
  "/account",
  "/account/attributes",
  "/account/email",
  "/account/profile",
] as const;

export type SignedOutPage = (typeof signedOutPages)[number];
export type OwnPage = (typeof ownPages)[number];
