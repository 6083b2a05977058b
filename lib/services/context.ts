import "server-only";
import { currentTime } from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import { type AuditOrigin, createAuditLog, recordEvents } from "@/lib/db/audit-log";
import type { Prisma } from "@/lib/db/client";
import { getPrisma } from "@/lib/db/prisma";
import { retryConflicts } from "@/lib/db/retry";
import { problem } from "@/lib/messages/problem";
import type { AuditEvent } from "@/lib/oauth/ports/audit-events";
import type { AuditLog } from "@/lib/oauth/ports/store";
import type { Settings } from "@/lib/settings";
import { ForbiddenError, UnauthenticatedError } from "./errors";
import { allPermissions, noPermissions, type Permission, type PortalRole, permissionsOfUser } from "./permissions";

/** The actor, taken from the session or the credential, never from input. */
export type Actor =
  /** A signed-in user. They may change what they own without a permission. */
  | { kind: "user"; id: string; permissions: ReadonlySet<Permission> }
  /** An API credential. It owns nothing, and may do only what its permissions name. */
  | { kind: "credential"; id: string; permissions: ReadonlySet<Permission> }
  /** A command or a job on the server's own machine. */
  | { kind: "system" };

export interface ServiceContext {
  /** Null: nobody is signed in. */
  actor: Actor | null;
  ipAddress?: string | null;
  userAgent?: string | null;
  /** The session of the acting user. */
  sessionId?: string | null;
  /** When the user of that session last entered the password. */
  passwordConfirmedAt?: Date | null;
  /** Aborted when nobody waits for the answer anymore. */
  signal?: AbortSignal | undefined;
  now: () => Date;
  settings: Settings;
}

/** For the server's own commands and jobs. */
export function systemContext(): ServiceContext {
  return { actor: { kind: "system" }, now: currentTime, settings: currentSettings() };
}

/** The actor for a signed-in user. A disabled user has no session, so never gets here. */
export function userActor(user: { id: string; portalRole: PortalRole | null }): Actor {
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

/** Adding a kind of actor without handling it fails to compile here. One that isn't in the types may do nothing. */
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

/** A user isn't told the name of what they lack; whoever made a credential gave it by name. */
export function missingPermission(permission: Permission, actor: Actor): ForbiddenError {
  const isUser = actor.kind === "user";
  return new ForbiddenError(
    isUser ? problem("problems.noPermission") : problem("problems.missingPermission", { permission }),
  );
}

/** For what every signed-in user may do for themselves, and other actors only with a permission. */
export function requireUserOrPermission(context: ServiceContext, permission: Permission): void {
  if (requireActor(context).kind !== "user") requirePermission(context, permission);
}

/** The role in which the actor changes an application (docs/adr/0029). */
export function toRole(context: ServiceContext): "owner" | "administrator" {
  return can(context.actor, "applications:write") ? "administrator" : "owner";
}

/** The signed-in user's ID; null for every other actor. */
export function actorId({ actor }: ServiceContext): string | null {
  return actor?.kind === "user" ? actor.id : null;
}

/**
 * The signed-in user's ID, for their own objects.
 * @throws UnauthenticatedError, ForbiddenError if nobody is signed in, or the actor isn't a user
 */
export function requireUser(context: ServiceContext): string {
  const userId = actorId(context);
  if (userId === null) throw new UnauthenticatedError();
  return userId;
}

export type Transaction = Prisma.TransactionClient;

/** Runs `work` in one transaction, with an audit log that is part of it; repeats it if a conflict rolled it back. */
export async function withTransaction<T>(
  context: ServiceContext,
  work: (tx: Transaction, audit: AuditLog) => Promise<T>,
): Promise<T> {
  return retryConflicts(() => getPrisma().$transaction((tx) => work(tx, auditLogOf(tx, context))));
}

/** Records this context's actions as part of the transaction. `withTransaction` provides one. */
export function auditLogOf(tx: Transaction, context: ServiceContext): AuditLog {
  return createAuditLog(tx, context.settings, auditOrigin(context));
}

/** Records what one action of this context did to many. */
export function recordForAll(tx: Transaction, context: ServiceContext, events: readonly AuditEvent[]): Promise<void> {
  return recordEvents(tx, context.settings, auditOrigin(context), events);
}

/** Who acts in this context, and from where. */
export function auditOrigin(context: ServiceContext): AuditOrigin {
  const { ipAddress = null, userAgent = null } = context;
  return { actorId: actorId(context), ipAddress, userAgent };
}
