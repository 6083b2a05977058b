import "server-only";
import { currentTime } from "@/lib/clock";
import type { LogoutNotice } from "@/lib/oauth/openid/logout-token";
import type { SigningAlgorithm } from "@/lib/oauth/wire/algorithms";
import { type AuditSettings, createAuditLog } from "../audit-log";
import type { PrismaClient } from "../client";
import { retrying } from "../retry";

/** A logout token that is being delivered to an application, or waits for delivery. */
export interface LogoutDelivery extends LogoutNotice {
  id: string;
  applicationId: string;
  uri: string;
  /** Including this one. */
  attempts: number;
}

export interface DeliveriesToTake {
  limit: number;
  /** IDs of applications that are already receiving one. */
  except: readonly string[];
  /** Whether to include those that have failed before. */
  retries: boolean;
}

/** The queue of logout tokens, shared by all processes. The database's clock decides. */
export interface LogoutQueue {
  /** Hands out what is due, at most one per application, and reserves it for `deliveryLease` seconds. */
  take(wanted: DeliveriesToTake): Promise<LogoutDelivery[]>;
  complete(id: string): Promise<void>;
  /** Postpones it. False if it would expire before: it is given up, which is recorded. */
  postpone(delivery: LogoutDelivery, seconds: number, problem: string): Promise<boolean>;
}

/** Longer than an attempt can take: a process that hasn't reported by then has crashed. */
const deliveryLease = 30;

export function createLogoutQueue(prisma: PrismaClient, settings: () => AuditSettings): LogoutQueue {
  return retrying<LogoutQueue>({
    async take({ limit, except, retries }) {
      const rows = await prisma.$queryRaw<(Omit<LogoutDelivery, "algorithm"> & { algorithm: string })[]>`
        UPDATE logout_deliveries d
        SET attempts = d.attempts + 1, next_attempt_at = now() + make_interval(secs => ${deliveryLease}::int)
        FROM applications a
        WHERE a.id = d.application_id AND d.id = ANY (ARRAY(
          SELECT id FROM logout_deliveries
          WHERE next_attempt_at <= now() AND id IN (
            SELECT DISTINCT ON (application_id) id FROM logout_deliveries
            WHERE next_attempt_at <= now() AND expires_at > now()
              AND application_id <> ALL (${[...except]}::uuid[]) AND (${retries}::boolean OR attempts = 0)
            ORDER BY application_id, next_attempt_at, id)
          ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED))
        RETURNING d.id, d.application_id AS "applicationId", d.uri, d.subject, d.sid, d.attempts,
                  a.client_id AS "clientId", a.id_token_signed_response_alg AS "algorithm"`;
      return rows.map((row) => ({ ...row, algorithm: row.algorithm as SigningAlgorithm }));
    },

    async complete(id) {
      await prisma.logoutDelivery.deleteMany({ where: { id } });
    },

    async postpone({ id, applicationId, attempts }, seconds, problem) {
      const postponed = await prisma.$executeRaw`
        UPDATE logout_deliveries
        SET next_attempt_at = now() + make_interval(secs => ${seconds}::int), last_problem = ${problem}
        WHERE id = ${id}::uuid AND expires_at > now() + make_interval(secs => ${seconds}::int)`;
      if (postponed === 1) return true;
      await prisma.$transaction(async (tx) => {
        const { count } = await tx.logoutDelivery.deleteMany({ where: { id } });
        const details = { attempts, reason: problem };
        const event = { type: "logout.undelivered", at: currentTime(), applicationId, details } as const;
        if (count === 1) await createAuditLog(tx, settings()).record(event);
      });
      return false;
    },
  });
}
