import "server-only";
import type { PrismaClient } from "./client";
import { retrying } from "./retry";

/** A message that is being sent. */
export interface TakenMessage {
  id: string;
  kind: string;
  recipient: string;
  locale: string;
  sealedValues: string;
  /** Including this one. */
  attempts: number;
}

/** The queue of messages, shared by all processes. The database's clock decides. */
export interface MessageQueue {
  /** Hands out what is due and reserves it for `lease` seconds. */
  take(limit: number): Promise<TakenMessage[]>;
  /** Gives up what would be of no use anymore, which may have waited while no mail server was set. */
  expire(): Promise<void>;
  /** What was in it is forgotten. */
  complete(id: string): Promise<void>;
  /** Postpones it. False if it would be of no use by then: it is given up. */
  postpone(id: string, seconds: number, problem: string): Promise<boolean>;
  giveUp(id: string, problem: string): Promise<void>;
}

/** Longer than an attempt can take: a process that hasn't reported by then has crashed. */
const lease = 120;

export function createMessageQueue(prisma: PrismaClient): MessageQueue {
  const giveUp = async (id: string, problem: string) => {
    await prisma.$executeRaw`
      UPDATE messages SET given_up_at = now(), next_attempt_at = NULL, sealed_values = NULL, last_problem = ${problem}
      WHERE id = ${id}::uuid AND next_attempt_at IS NOT NULL`;
  };
  return retrying<MessageQueue>({
    take: (limit) => prisma.$queryRaw<TakenMessage[]>`
      UPDATE messages SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => ${lease}::int)
      WHERE id = ANY (ARRAY(
        SELECT id FROM messages WHERE next_attempt_at <= now() AND expires_at > now() AND sealed_values IS NOT NULL
        ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED))
      RETURNING id, kind, recipient, locale, sealed_values AS "sealedValues", attempts`,

    async expire() {
      await prisma.$executeRaw`
        UPDATE messages SET given_up_at = now(), next_attempt_at = NULL, sealed_values = NULL
        WHERE next_attempt_at IS NOT NULL AND expires_at <= now()`;
    },

    async complete(id) {
      await prisma.$executeRaw`
        UPDATE messages SET sent_at = now(), next_attempt_at = NULL, sealed_values = NULL, last_problem = NULL
        WHERE id = ${id}::uuid`;
    },

    async postpone(id, seconds, problem) {
      const postponed = await prisma.$executeRaw`
        UPDATE messages SET next_attempt_at = now() + make_interval(secs => ${seconds}::int), last_problem = ${problem}
        WHERE id = ${id}::uuid AND expires_at > now() + make_interval(secs => ${seconds}::int)`;
      if (postponed === 1) return true;
      await giveUp(id, problem);
      return false;
    },

    giveUp,
  });
}
