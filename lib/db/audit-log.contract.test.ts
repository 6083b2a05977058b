import { randomInt, randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import * as clock from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import { createAuditLog, recordSuppressedEvents } from "./audit-log";
import { getPrisma } from "./prisma";

const prisma = getPrisma();
const networks: string[] = [];

function newAddress(): string {
  // Groups without a leading zero, so that there is one way to write them.
  const groups = Array.from({ length: 3 }, () => randomInt(0x1000, 0xffff).toString(16));
  const network = `2001:${groups.join(":")}::`;
  networks.push(network);
  return `${network}1`;
}

const mine = () => ({ OR: networks.map((network) => ({ ipAddress: { startsWith: network } })) });

afterEach(async () => {
  await recordSuppressedEvents(prisma, currentSettings(), { unfinished: true });
  await prisma.auditEvent.deleteMany({ where: mine() });
  networks.splice(0);
});

const reasons = { error: "invalid_request", reason: "unknown client" };

function refuse(ipAddress: string, details: Record<string, unknown> = {}) {
  const log = createAuditLog(prisma, currentSettings(), { ipAddress, userAgent: "Mozilla/5.0 ".repeat(500) });
  return log.record({
    type: "authorization.refused",
    at: new Date(),
    reference: "a reference",
    details: { ...reasons, ...details },
  });
}

const measure = async (): Promise<number> => {
  const [row] = await prisma.$queryRaw<{ bytes: bigint }[]>`
    SELECT COALESCE(sum(pg_column_size(e.*)), 0)::bigint AS bytes FROM audit_events e
    WHERE ip_address LIKE ANY (${networks.map((network) => `${network}%`)})`;
  return Number(row?.bytes);
};

test("a flood of refused requests from one network: a limited number of full events, then one with the number of the rest, all small", async () => {
  const address = newAddress();
  const details = { redirectUri: "x".repeat(30_000), list: Array<string>(50).fill("y".repeat(2000)) };
  await Promise.all(Array.from({ length: 300 }, () => refuse(address, details)));
  expect(await prisma.auditEvent.count({ where: mine() })).toBe(60);
  await recordSuppressedEvents(prisma, currentSettings(), { unfinished: true });
  const [summary] = await prisma.auditEvent.findMany({ where: { ...mine(), reference: null } });
  expect(summary).toMatchObject({ type: "authorization.refused", details: { count: 240 } });
  expect(summary?.ipAddress).toBe(`${networks[0]}/64`);
  expect(await measure()).toBeLessThan(150_000);
});

test("the number of suppressed events is recorded after minutes, and an outage in between loses none of it", async () => {
  const address = newAddress();
  for (let time = 0; time < 62; time++) await refuse(address);
  await recordSuppressedEvents(prisma, currentSettings());
  expect(await prisma.auditEvent.count({ where: mine() })).toBe(60);
  const later = vi.spyOn(clock, "currentTime").mockReturnValue(new Date(Date.now() + 4 * 60_000));
  const outage = {
    auditEvent: { createMany: () => Promise.reject(new Error("an outage")) },
  } as unknown as typeof prisma;
  await expect(recordSuppressedEvents(outage, currentSettings())).rejects.toThrow("an outage");
  await refuse(address);
  await recordSuppressedEvents(prisma, currentSettings());
  later.mockRestore();
  const summaries = await prisma.auditEvent.findMany({ where: { ...mine(), reference: null } });
  expect(summaries).toMatchObject([{ type: "authorization.refused", details: { count: 3 } }]);
});

test("events caused by strangers expire, those of signed-in users stay, and are recorded in full", async () => {
  const address = newAddress();
  const log = (actorId: string | null) => createAuditLog(prisma, currentSettings(), { ipAddress: address, actorId });
  const long = "x".repeat(3000);
  const update = { type: "application.updated" as const, at: new Date() };
  const details = { before: { name: "x" }, after: { name: long } };
  await refuse(address);
  await log(null).record({ type: "sign_in.failed", at: new Date() });
  await log(null).record({ ...update, details: { ...details, source: "dynamic" } });
  await log(randomUUID()).record({ ...update, details });
  const events = await prisma.auditEvent.findMany({ where: { ...mine(), expiresAt: null } });
  expect(events).toMatchObject([{ type: "application.updated", details: { after: { name: long } } }]);
  expect(await prisma.auditEvent.count({ where: { ...mine(), expiresAt: { gt: new Date() } } })).toBe(3);
});
