import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { hasHiddenControl } from "@/lib/oauth/wire/displayed-text";
import { requirePermission, type ServiceContext, withTransaction } from "../../context";
import { normalized } from "../../normalized";
import { parseInput } from "../../parse";
import type { Sent, Wire } from "../../wire";
import { requireManageableUser, userReferenceInput } from "../find-user";

const maximumLength = 5000;

const userNotesInput = z.object({ ...userReferenceInput.shape, notes: z.string() });

export const userNotesSchema = normalized(userNotesInput, {
  notes: (sent, refuse) => {
    const notes = sent.normalize("NFC").replace(/\r\n?/g, "\n").trim();
    if (notes.length > maximumLength) refuse(problem("fieldProblems.long", { maximum: maximumLength }));
    if (hasHiddenControl(notes.replaceAll("\n", ""))) refuse(problem("fieldProblems.hidden"));
    return notes === "" ? null : notes;
  },
});

export const setUserNotesWire = { input: userNotesInput, output: null } satisfies Wire;

/** What those who manage users write down about one. The user and applications never see it. */
export async function setUserNotes(context: ServiceContext, input: Sent<typeof setUserNotesWire>): Promise<void> {
  requirePermission(context, "users:write");
  const { id, notes } = parseInput(userNotesSchema, input);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { id: userId } = await requireManageableUser(tx, context, id);
    // Applications take a new `updated_at` as a reason to read everything again, so it stays.
    const count = await tx.$executeRaw`
      UPDATE users SET notes = ${notes} WHERE id = ${userId}::uuid AND notes IS DISTINCT FROM ${notes}`;
    if (count > 0) await audit.record({ type: "user.notes_changed", at, userId });
  });
}
