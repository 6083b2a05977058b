import "server-only";
import type { ServiceContext } from "../context";
import { PasswordConfirmationError } from "../errors";

/**
 * For steps that an open session alone must not allow, because its browser may be unattended, or its cookie stolen. To
 * be called after the permission was checked. Commands and credentials have no password to enter.
 * @throws PasswordConfirmationError if a user last entered it more than `passwordConfirmationAge` ago
 */
export function requireRecentPassword(context: ServiceContext): void {
  if (context.actor?.kind === "user" && !isPasswordRecent(context)) throw new PasswordConfirmationError();
}

/** Whether the user of the session entered the password recently enough for a sensitive step. */
export function isPasswordRecent({ passwordConfirmedAt, now, settings }: ServiceContext): boolean {
  if (!passwordConfirmedAt) return false;
  return now().getTime() - passwordConfirmedAt.getTime() <= settings.passwordConfirmationAge * 1000;
}
