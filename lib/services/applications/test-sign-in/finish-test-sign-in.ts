import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { findClient } from "@/lib/oauth/client/find-client";
import { oauthServer } from "@/lib/oauth-server";
import { auditOrigin, requireUser, type ServiceContext } from "../../context";
import { NotFoundError } from "../../errors";
import { parseInput } from "../../parse";
import type { Sent, Wire } from "../../wire";
import { redeemAnswer } from "./redeem-answer";
import { findStoredTest, openTestRequest, sealTestReport } from "./stored-test";

export const arrivedAnswer = z.object({
  id: z.string(),
  /** As they arrived at the callback. */
  parameters: z.record(z.string(), z.string()),
  /** The client secret, or an assertion. Not stored. */
  credential: z.string(),
});

export const finishTestSignInWire = { input: arrivedAnswer, output: null } satisfies Wire;

/**
 * What the callback of a test does with the answer that arrives there: takes it, once, redeems its code as the
 * application would, checks everything, revokes the tokens, and keeps the report. Of several answers, the first counts.
 * @throws NotFoundError for anyone but the user who has started the test, and after its time
 */
export async function finishTestSignIn(
  context: ServiceContext,
  input: Sent<typeof finishTestSignInWire>,
): Promise<void> {
  requireUser(context);
  const { id, parameters, credential } = parseInput(arrivedAnswer, input);
  const row = await findStoredTest(context, id);
  const { uriHash, applicationId, userId, createdAt } = row;
  const request = openTestRequest(row);
  const consumedAt = context.now();
  const { count } = await getPrisma().testSignIn.updateMany({
    where: { uriHash, userId, consumedAt: null, expiresAt: { gt: consumedAt } },
    data: { consumedAt },
  });
  if (count === 0) return;
  const server = oauthServer(auditOrigin(context));
  const client = await findClient(server.stores.clients, request.clientId);
  if (client?.id !== applicationId) throw new NotFoundError("testSignIn");
  const report = await redeemAnswer(server, client, {
    ...{ request, parameters, credential, userId },
    ipAddress: context.ipAddress ?? null,
    redirectUri: request.parameters.find(({ name }) => name === "redirect_uri")?.value ?? "",
    begunAt: createdAt,
    arrivedAt: consumedAt,
    findConsent: async () => {
      const consent = await getPrisma().consent.findUnique({
        where: { userId_applicationId: { userId, applicationId } },
        select: { updatedAt: true },
      });
      return consent?.updatedAt ?? null;
    },
  });
  await getPrisma().testSignIn.updateMany({
    where: { uriHash },
    data: { sealedReport: sealTestReport(report, uriHash) },
  });
}
