import "server-only";
import { currentTime } from "@/lib/clock";
import { createAuditLog } from "@/lib/db/audit-log";
import type { Prisma } from "@/lib/db/client";
import { getPrisma } from "@/lib/db/prisma";
import { retryConflicts } from "@/lib/db/retry";
import type { AuditLog } from "@/lib/oauth/ports/store";
import { ForbiddenError, UnauthenticatedError } from "./errors";

/** Who acts. Taken from the session, never from input. */
export interface Actor {
  userId: string;
  isAdministrator: boolean;
}

export interface ServiceContext {
  /** Null: nobody signed in. `"system"`: a command on the server's own machine. */
  actor: Actor | "system" | null;
  ipAddress?: string | null;
  userAgent?: string | null;
  /** The session in which a person acts. */
  sessionId?: string | null;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
  now: () => Date;
}

/** For the commands of whoever runs the server. */
export function systemContext(): ServiceContext {
  return { actor: "system", now: currentTime };
}

export function requireActor(context: ServiceContext): Actor | "system" {
  if (!context.actor) throw new UnauthenticatedError();
  return context.actor;
}

export function isAdministrator(context: ServiceContext): boolean {
  const { actor } = context;
  return actor === "system" || actor?.isAdministrator === true;
}

/** On whose word something stands that the actor decides of an application that they may change. */
export function toRole(context: ServiceContext): "owner" | "administrator" {
  return isAdministrator(context) ? "administrator" : "owner";
}

/** For what only administrators do. Throws for everyone else, signed in or not. */
export function requireAdministrator(context: ServiceContext): void {
  requireActor(context);
  if (!isAdministrator(context)) throw new ForbiddenError("Only administrators may do this.");
}

/** The signed-in person's id; null for the system. */
export function actorId(context: ServiceContext): string | null {
  return context.actor && context.actor !== "system" ? context.actor.userId : null;
}

/** The signed-in person's id, for things of their own. Throws for the system and where nobody is signed in. */
export function requirePerson(context: ServiceContext): string {
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
  const origin = {
    actorId: actorId(context),
    ipAddress: context.ipAddress ?? null,
    userAgent: context.userAgent ?? null,
  };
  return retryConflicts(() => getPrisma().$transaction((tx) => work(tx, createAuditLog(tx, origin))));
}
