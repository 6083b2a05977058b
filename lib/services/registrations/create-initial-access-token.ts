import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { addSeconds } from "@/lib/oauth/ports/context";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { actorId, requirePermission, type ServiceContext, withTransaction } from "../context";
import { displayedLine, normalized } from "../normalized";
import { parseInput } from "../parse";
import { requireRecentPassword } from "../sessions/require-recent-password";
import type { Returned, Sent, Wire } from "../wire";

const day = 86_400;

const newInitialAccessToken = z.object({
  label: z.string(problem("consoleProblems.tokens.label")),
  maximumUses: z
    .number(problem("consoleProblems.tokens.uses"))
    .int(problem("consoleProblems.tokens.uses"))
    .min(1, problem("consoleProblems.tokens.minUses"))
    .max(1000, problem("consoleProblems.tokens.maxUses", { maximum: 1000 })),
  expiresInDays: z
    .number(problem("consoleProblems.tokens.expires"))
    .int(problem("consoleProblems.tokens.expires"))
    .min(1, problem("consoleProblems.tokens.minDays"))
    .max(365, problem("consoleProblems.tokens.maxDays")),
});

export const newInitialAccessTokenSchema = normalized(newInitialAccessToken, {
  label: displayedLine(60, problem("consoleProblems.tokens.label")),
});

export const createInitialAccessTokenWire = {
  input: newInitialAccessToken,
  output: z.strictObject({ id: z.uuid(), token: z.string() }),
} satisfies Wire;

/** Creates a token with which a program may register applications (RFC 7591 §3); in the clear only this once. */
export async function createInitialAccessToken(
  context: ServiceContext,
  input: Sent<typeof createInitialAccessTokenWire>,
): Promise<Returned<typeof createInitialAccessTokenWire>> {
  requirePermission(context, "initial_access_tokens:write");
  requireRecentPassword(context);
  const { label, maximumUses, expiresInDays } = parseInput(newInitialAccessTokenSchema, input);
  const token = randomToken();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const expiresAt = addSeconds(at, expiresInDays * day);
    const { id } = await tx.initialAccessToken.create({
      data: { tokenHash: digest(token), label, maximumUses, expiresAt, createdAt: at, createdById: actorId(context) },
      select: { id: true },
    });
    const details = { tokenId: id, label, maximumUses, expiresAt };
    await audit.record({ type: "initial_access_token.created", at, details });
    return { id, token };
  });
}
