import "server-only";
import { z } from "zod";
import { countRows } from "@/lib/db/lists/count-rows";
import { selectPage } from "@/lib/db/lists/select-page";
import { type Sql, sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { toUserKey } from "@/lib/db/user-key";
import { messageKinds } from "@/lib/mail/message-values";
import { requirePermission, type ServiceContext } from "../context";
import { readCursor, toCursor } from "../lists/cursor";
import { listInput, listOf } from "../lists/list-wire";
import { inOrderOf } from "../lists/read-list";
import { rowsForPage, toPage } from "../page";
import { parseInput } from "../parse";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";

export const messageStates = ["waiting", "sent", "given_up"] as const;

export const messageRow = z.strictObject({
  id: z.uuid(),
  kind: z.enum(messageKinds),
  recipient: z.string(),
  user: z.strictObject({ id: z.uuid(), username: z.string() }).nullable(),
  state: z.enum(messageStates),
  attempts: z.int(),
  createdAt: instant,
  sentAt: instant.nullable(),
  /** Of the mail server, from the last attempt that failed. */
  lastProblem: z.string().nullable(),
});

export type MessageRow = Described<typeof messageRow>;

export const listMessagesInput = listInput(["created"], {
  state: z.enum(messageStates).optional(),
  kind: z.enum(messageKinds).optional(),
});

/** `q` is a complete address. */
export const listMessagesWire = { input: listMessagesInput, output: listOf("messages", messageRow) } satisfies Wire;

const [from, id] = [sql`messages m`, sql`m.id`];
const order = { by: sql`m.created_at`, kind: "moment" } as const;

/** What was sent to whom, and what waits, the newest first. What was in it isn't kept. */
export async function listMessages(
  context: ServiceContext,
  input: Sent<typeof listMessagesWire> = {},
): Promise<Returned<typeof listMessagesWire>> {
  requirePermission(context, "messages:read");
  const asked = parseInput(listMessagesInput, input);
  const { sort = "-created", after } = asked;
  const [prisma, conditions] = [getPrisma(), toConditions(asked)];
  const [positions, count] = await Promise.all([
    selectPage(prisma, {
      from,
      id,
      conditions,
      order: { ...order, descending: sort === "-created" },
      after: readCursor(after, sort, order),
      limit: rowsForPage,
    }),
    countRows(prisma, { from, id, conditions }),
  ]);
  const { page, next } = toPage(positions, (position) => toCursor(sort, position));
  const ids = page.map((position) => position.id);
  const rows = await prisma.message.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      kind: true,
      recipient: true,
      user: { select: { id: true, username: true } },
      attempts: true,
      createdAt: true,
      sentAt: true,
      givenUpAt: true,
      lastProblem: true,
    },
  });
  return { messages: inOrderOf(ids, rows).map(toRow), next, count };
}

function toConditions({ q, state, kind }: z.output<typeof listMessagesInput>): Sql[] {
  const conditions: Sql[] = [];
  if (q?.trim()) conditions.push(sql`m.recipient_key = ${toUserKey(q.trim().replaceAll("\0", ""))}`);
  if (state === "waiting") conditions.push(sql`m.next_attempt_at IS NOT NULL`);
  if (state === "sent") conditions.push(sql`m.sent_at IS NOT NULL`);
  if (state === "given_up") conditions.push(sql`m.given_up_at IS NOT NULL`);
  if (kind) conditions.push(sql`m.kind = ${kind}`);
  return conditions;
}

type Row = Omit<MessageRow, "state" | "kind"> & { kind: string; givenUpAt: Date | null };

function toRow({ givenUpAt, ...row }: Row): MessageRow {
  const unsent = givenUpAt ? "given_up" : "waiting";
  const state = row.sentAt ? "sent" : unsent;
  return { ...row, kind: row.kind as MessageRow["kind"], state };
}
