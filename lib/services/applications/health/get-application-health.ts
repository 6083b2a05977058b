import "server-only";
import { z } from "zod";
import { findSettings } from "@/lib/db/oauth/client-settings";
import { getPrisma } from "@/lib/db/prisma";
import type { ServiceContext } from "../../context";
import { NotFoundError } from "../../errors";
import { type Described, instant, type Returned, type Sent, type Wire } from "../../wire";
import { applicationReference, whereApplication } from "../find-application";
import { describeStatus } from "../get-application";
import { describeUse } from "../manage/describe-use";
import { findFindings, findingCodes, severities } from "./find-findings";

/** How far back refused sign-ins count. In days. */
export const refusalDays = 7;

/** An application has many events: only so many of its latest are looked at. */
const mostEvents = 2000;

const applicationHealth = z.strictObject({
  /** Null: nothing that is still stored says so. */
  lastSignInAt: instant.nullable(),
  lastTokenAt: instant.nullable(),
  /** Each with the values of its sentence; the worst first. */
  findings: z.array(
    z.strictObject({
      code: z.enum(findingCodes),
      severity: z.enum(severities),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});

export type ApplicationHealth = Described<typeof applicationHealth>;

export const getApplicationHealthWire = { input: applicationReference, output: applicationHealth } satisfies Wire;

/** When an application was last used, and what is wrong with it. */
export async function getApplicationHealth(
  context: ServiceContext,
  { id }: Sent<typeof getApplicationHealthWire>,
): Promise<Returned<typeof getApplicationHealthWire>> {
  const where = whereApplication(context, id, "applications:read");
  const prisma = getPrisma();
  const row = await prisma.application.findFirst({
    where,
    select: {
      accessRestricted: true,
      owner: { select: { disabledAt: true } },
      secrets: { select: { label: true, expiresAt: true, lastUsedAt: true, revokedAt: true } },
      _count: { select: { groups: true } },
    },
  });
  const settings = row && (await findSettings(prisma, id));
  if (!settings) throw new NotFoundError("application");
  const now = context.now();
  const [use, { lastSignInAt, refusedSignIns }] = await Promise.all([describeUse([id]), findLatest(id, now)]);
  const { lastTokenAt } = use(id);
  const secrets = row.secrets.map(({ revokedAt, ...secret }) => ({
    ...secret,
    status: describeStatus(revokedAt, secret.expiresAt, now),
  }));
  const { accessRestricted, owner, _count } = row;
  const subject = {
    ...{ settings, secrets, accessRestricted, lastTokenAt, refusedSignIns },
    ownerDisabled: owner !== null && owner.disabledAt !== null,
    groups: _count.groups,
  };
  return { lastSignInAt, lastTokenAt, findings: findFindings(subject, now) };
}

interface Latest {
  lastSignInAt: Date | null;
  refusedSignIns: number;
}

async function findLatest(id: string, now: Date): Promise<Latest> {
  const since = new Date(now.getTime() - refusalDays * 86_400_000);
  const [row] = await getPrisma().$queryRaw<Latest[]>`
    SELECT (SELECT max(created_at) FROM token_families WHERE application_id = ${id}::uuid) AS "lastSignInAt",
           (SELECT count(*)::int FROM (
              SELECT type FROM audit_events
              WHERE application_id = ${id}::uuid AND at >= ${since}::timestamptz
              ORDER BY at DESC LIMIT ${mostEvents}) recent
            WHERE type = 'authorization.refused') AS "refusedSignIns"`;
  return row ?? { lastSignInAt: null, refusedSignIns: 0 };
}
