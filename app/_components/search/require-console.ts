import { can, requireActor, type ServiceContext } from "@/lib/services/context";
import { ForbiddenError } from "@/lib/services/errors";
import { visibleNav } from "../administration-nav";

/** @throws ForbiddenError for users who see no side navigation: they have no search either */
export function requireConsole(context: ServiceContext): void {
  const actor = requireActor(context);
  if (visibleNav((permission) => can(actor, permission)).length === 0) throw new ForbiddenError();
}
