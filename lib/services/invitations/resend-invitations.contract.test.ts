import { randomUUID } from "node:crypto";
import { afterAll, expect, test, vi } from "vitest";
import * as auditLog from "@/lib/db/audit-log";
import { getPrisma } from "@/lib/db/prisma";
import { addSeconds } from "@/lib/oauth/ports/context";
import type { Settings } from "@/lib/settings";
import { type ServiceContext, systemContext } from "../context";
import { ValidationError } from "../errors";
import { createInvitation } from "./create-invitation";
import { resendInvitation } from "./resend-invitation";
import { describeResending, resendInvitations } from "./resend-invitations";
import { revokeInvitation } from "./revoke-invitation";

const prisma = getPrisma();
const system = systemContext();
const run = randomUUID().slice(0, 8);

const withMail: ServiceContext = {
  ...system,
  settings: { ...system.settings, mail: {} as NonNullable<Settings["mail"]> },
};

afterAll(async () => {
  await prisma.message.deleteMany({ where: { recipient: { startsWith: run } } });
  await prisma.invitation.deleteMany({ where: { email: { startsWith: run } } });
  await prisma.$disconnect();
});

async function inviteSeveral(count: number): Promise<string[]> {
  const emails = Array.from({ length: count }, () => `${run}-${randomUUID()}@example.test`);
  const input = { emails, locale: "de", expiresInDays: 7, delivery: "copy" as const };
  return (await createInvitation(system, input)).invitations.map(({ id }) => id);
}

const find = (ids: readonly string[]) =>
  prisma.invitation.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: "asc" } });

const eventsOf = (ids: readonly string[]) =>
  prisma.auditEvent.count({
    where: { type: "invitation.resent", OR: ids.map((id) => ({ details: { path: ["invitationId"], equals: id } })) },
  });

test("the selected invitations are sent again with new links; each is recorded", async () => {
  const ids = await inviteSeveral(3);
  const [ended = ""] = ids;
  await revokeInvitation(system, { ids: [ended] });
  const open = ids.slice(1).toSorted();
  const before = await find(open);
  const later = addSeconds(new Date(), 3600);
  const selected = { ids: [...ids, ids[1]?.toUpperCase() ?? "", randomUUID(), "no ID"] };
  const { invitations, others } = await describeResending(system, selected);
  expect([invitations.map(({ id }) => id).toSorted(), others]).toEqual([open, 3]);
  const { sent, refused } = await resendInvitations({ ...withMail, now: () => later }, selected);
  expect(sent.toSorted()).toEqual(open);
  expect(refused.map(({ reason }) => reason)).toEqual(["not_found", "not_found", "not_found"]);
  const after = await find(open);
  for (const [index, { tokenHash, linkedAt, expiresAt, emailed }] of after.entries()) {
    const old = before[index];
    expect(tokenHash).not.toBe(old?.tokenHash);
    expect([linkedAt, emailed]).toEqual([later, true]);
    expect(expiresAt.getTime() - linkedAt.getTime()).toBe(7 * 86_400_000);
  }
  const recipients = after.map(({ email }) => email);
  const messages = await prisma.message.findMany({ where: { recipient: { in: recipients } } });
  expect(messages.map(({ recipient }) => recipient).toSorted()).toEqual(recipients.toSorted());
  for (const { kind, locale } of messages) expect([kind, locale]).toEqual(["invitation", "de"]);
  expect(await eventsOf(ids)).toBe(2);
});

test("an invitation that was sent too often keeps its link; the others are sent", async () => {
  const [often = "", flooded = "", free = ""] = await inviteSeveral(3);
  for (let count = 0; count < 5; count++) await resendInvitation(system, { id: often, delivery: "copy" });
  const [address] = await find([flooded]);
  const at = new Date();
  await prisma.message.createMany({
    data: Array.from({ length: 20 }, () => ({
      kind: "test",
      recipient: address?.email ?? "",
      recipientKey: address?.emailKey ?? "",
      locale: "en",
      sealedValues: "",
      createdAt: at,
      nextAttemptAt: addSeconds(at, 3600),
      expiresAt: addSeconds(at, 7200),
    })),
  });
  const kept = await find([often, flooded]);
  const { sent, refused } = await resendInvitations(withMail, { ids: [often, flooded, free] });
  expect(sent).toEqual([free]);
  expect(refused).toEqual([often, flooded].map((id) => ({ id, reason: "limited" })));
  expect(await find([often, flooded])).toEqual(kept);
});

test("of many who send the same invitations again at once no more do than their limit allows", async () => {
  const ids = await inviteSeveral(2);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      resendInvitations(withMail, { ids: index % 2 === 0 ? ids : ids.toReversed() }),
    ),
  );
  expect(answers.flatMap(({ sent }) => sent)).toHaveLength(10);
  expect(await eventsOf(ids)).toBe(10);
});

test("without a mail server nothing is sent; if recording fails, every link stays", async () => {
  const ids = await inviteSeveral(2);
  const before = await find(ids);
  await expect(resendInvitations(system, { ids })).rejects.toThrow(ValidationError);
  vi.spyOn(auditLog, "recordEvents").mockRejectedValueOnce(new Error("an outage"));
  await expect(resendInvitations(withMail, { ids })).rejects.toThrow("an outage");
  vi.restoreAllMocks();
  expect(await find(ids)).toEqual(before);
  expect(await prisma.message.count({ where: { recipient: { in: before.map(({ email }) => email) } } })).toBe(0);
});
