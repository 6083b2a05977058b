import "server-only";
import { currentTime } from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import { createAuditLog } from "@/lib/db/audit-log";
import type { Prisma } from "@/lib/db/client";
import { getPrisma } from "@/lib/db/prisma";
import { retryConflicts } from "@/lib/db/retry";
import type { AuditLog } from "@/lib/oauth/ports/store";
import type { Settings } from "@/lib/settings";
import { ForbiddenError, UnauthenticatedError } from "./errors";
import { allPermissions, noPermissions, type Permission, permissionsOfUser } from "./permissions";

/** Who acts. Taken from the session or the credential, never from input. */
export type Actor =
  /** Someone signed in. What they own they may change without a permission. */
  | { kind: "user"; id: string; permissions: ReadonlySet<Permission> }
  /** An API credential. It owns nothing: it may do what its permissions name, and nothing else. */
  | { kind: "credential"; id: string; permissions: ReadonlySet<Permission> }
  /** A command or a job on the server's own machine. */
  | { kind: "system" };

export interface ServiceContext {
  /** Null: nobody signed in. */
  actor: Actor | null;
  ipAddress?: string | null;
  userAgent?: string | null;
  /** The session in which a person acts. */
  sessionId?: string | null;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
  now: () => Date;
  settings: Settings;
}

/** For the commands and jobs of the server itself. */
export function systemContext(): ServiceContext {
  return { actor: { kind: "system" }, now: currentTime, settings: currentSettings() };
}

/** The actor for a signed-in user. A disabled user has no session, so never gets here. */
export function userActor(user: { id: string; isAdministrator: boolean }): Actor {
  return { kind: "user", id: user.id, permissions: permissionsOfUser(user) };
}

export function can(actor: Actor | null, permission: Permission): boolean {
  return actor !== null && permissionsOf(actor).has(permission);
}

function permissionsOf(actor: Actor): ReadonlySet<Permission> {
  switch (actor.kind) {
    case "user":
    case "credential":
      return actor.permissions;
    case "system":
      return allPermissions;
    default:
      return refuseKind(actor);
  }
}

/** Adding a kind of actor fails to compile here. One that the types don't know may do nothing. */
function refuseKind(_actor: never): ReadonlySet<Permission> {
  return noPermissions;
}

export function requireActor(context: ServiceContext): Actor {
  if (!context.actor) throw new UnauthenticatedError();
  return context.actor;
}

/** @throws UnauthenticatedError if nobody is signed in, ForbiddenError if the actor lacks the permission */
export function requirePermission(context: ServiceContext, permission: Permission): void {
  const actor = requireActor(context);
  if (!can(actor, permission)) throw missingPermission(permission, actor);
}

/** In words that help who reads it: users have all permissions or none, a credential has some. */
export function missingPermission(permission: Permission, actor: Actor): ForbiddenError {
  const isUser = actor.kind === "user";
  return new ForbiddenError(isUser ? "Only administrators may do this." : `This needs the permission ${permission}.`);
}

/** For what every signed-in user may do for themselves, and other actors only with a permission. */
export function requireUserOrPermission(context: ServiceContext, permission: Permission): void {
  if (requireActor(context).kind !== "user") requirePermission(context, permission);
}

/** In whose name the actor decides about an application that they may change (docs/adr/0029). */
export function toRole(context: ServiceContext): "owner" | "administrator" {
  return can(context.actor, "applications:write") ? "administrator" : "owner";
}

/** The signed-in user's id; null for every other actor. */
export function actorId({ actor }: ServiceContext): string | null {
  return actor?.kind === "user" ? actor.id : null;
}

/** The signed-in user's id, for things of their own. Throws for every other actor, and if nobody is signed in. */
export function requireUser(context: ServiceContext): string {
  const userId = actorId(context);
  if (userId === null) throw new UnauthenticatedError();
  return userId;
}

export type Transaction = Prisma.TransactionClient;

/** Runs `work` in one transaction, with an audit log that is part of it; again where a conflict has undone it. */
export async function withTransaction<T>(
  context: ServiceContext,
  work: (tx: Transaction, audit: AuditLog) => Promise<T>,
): Promise<T> {
  return retryConflicts(() => getPrisma().$transaction((tx) => work(tx, auditLogOf(tx, context))));
}

/** Records what this context's actor does, as part of the transaction. `withTransaction` hands one over. */
export function auditLogOf(tx: Transaction, context: ServiceContext): AuditLog {
  const { ipAddress = null, userAgent = null, settings } = context;
  return createAuditLog(tx, settings, { actorId: actorId(context), ipAddress, userAgent });
}
