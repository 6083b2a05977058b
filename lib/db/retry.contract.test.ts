import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { currentSettings } from "@/lib/current-settings";
import { isDatabaseUnavailable } from "@/lib/database-errors";
import { addSeconds } from "@/lib/oauth/ports/context";
import type { AuthorizationCode } from "@/lib/oauth/ports/types";
import { buildCode, buildIssued, buildSuccessors } from "@/lib/oauth/testing/builders";
import { deleteExpiredRows } from "./expired-rows";
import { createLogoutQueue } from "./oauth/logout-deliveries";
import { createPrismaStores } from "./oauth-store";
import { getPrisma } from "./prisma";
import { retryConflicts } from "./retry";

/** F14: PostgreSQL rolls a transaction back because of another; here a trigger does it, a given number of times. */
const prisma = getPrisma();
const stores = createPrismaStores(prisma, currentSettings());
const suffix = randomUUID().replaceAll("-", "");
const faults = `faults_${suffix}`;
const tables = ["authorization_codes", "token_families", "access_tokens", "refresh_tokens"] as const;

let owner = { applicationId: "", userId: "" };

beforeEach(async () => {
  const name = randomUUID();
  const user = await prisma.user.create({ data: { username: name, usernameKey: name, email: name, emailKey: name } });
  const application = await prisma.application.create({
    data: { clientId: name, name, clientType: "confidential", grantTypes: [] },
  });
  owner = { applicationId: application.id, userId: user.id };
});

afterAll(async () => {
  await prisma.$executeRawUnsafe(`DROP FUNCTION IF EXISTS ${faults}() CASCADE`);
  await prisma.$executeRawUnsafe(`DROP SEQUENCE IF EXISTS ${faults}_count`);
});

/**
 * The next `times` changes of the table by this test's rows fail with the code. A sequence counts, as it is never
 * rolled back.
 */
async function inject(table: string, code: string, times: number, on = "INSERT OR UPDATE"): Promise<void> {
  await prisma.$executeRawUnsafe(`DROP FUNCTION IF EXISTS ${faults}() CASCADE`);
  await prisma.$executeRawUnsafe(`DROP SEQUENCE IF EXISTS ${faults}_count`);
  await prisma.$executeRawUnsafe(`CREATE SEQUENCE ${faults}_count`);
  const row = on === "DELETE" ? "OLD" : "NEW";
  const isOwn =
    table === "refresh_tokens"
      ? `EXISTS (SELECT 1 FROM token_families f WHERE f.id = ${row}.family_id AND f.application_id = '${owner.applicationId}')
         OR NOT EXISTS (SELECT 1 FROM token_families f WHERE f.id = ${row}.family_id)`
      : `${row}.application_id = '${owner.applicationId}'`;
  await prisma.$executeRawUnsafe(`
    CREATE FUNCTION ${faults}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (${isOwn}) AND nextval('${faults}_count') <= ${times} THEN
        RAISE EXCEPTION 'injected' USING ERRCODE = '${code}';
      END IF;
      RETURN ${row};
    END $$`);
  await prisma.$executeRawUnsafe(
    `CREATE TRIGGER ${faults} BEFORE ${on} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${faults}()`,
  );
}

async function issue(): Promise<AuthorizationCode> {
  const now = new Date();
  const code = buildCode(owner, { createdAt: now, expiresAt: addSeconds(now, 60) });
  expect(await stores.codes.issue(code, { whileConsented: false })).toBe(true);
  return code;
}

describe.each(["40001", "40P01"])("F14: a transaction that is undone with %s", (errorCode) => {
  test.each(tables)("in a redemption, at %s: done again, once", async (table) => {
    const code = await issue();
    const issued = buildIssued(code);
    await inject(table, errorCode, 2);
    expect(await stores.codes.redeem(code.codeHash, issued)).toBe(true);
    expect(await stores.codes.redeem(code.codeHash, buildIssued(code))).toBe(false);
    expect(await prisma.tokenFamily.count({ where: { applicationId: owner.applicationId } })).toBe(1);
    expect(await prisma.accessToken.count({ where: { applicationId: owner.applicationId } })).toBe(1);
  });

  test.each(["token_families", "access_tokens", "refresh_tokens"])("in a rotation, at %s", async (table) => {
    const code = await issue();
    const issued = buildIssued(code);
    await stores.codes.redeem(code.codeHash, issued);
    await inject(table, errorCode, 2);
    const rotate = () => stores.tokens.rotate(issued.refreshToken.tokenHash, buildSuccessors(issued.family));
    expect(await rotate()).toBe(true);
    expect(await rotate()).toBe(false);
    expect(await prisma.refreshToken.count({ where: { familyId: issued.family.id, rotatedAt: null } })).toBe(1);
  });

  test("in the cleanup, while a request holds what refers to an expired row", async () => {
    const code = await issue();
    await stores.codes.redeem(code.codeHash, buildIssued(code));
    const where = { applicationId: owner.applicationId };
    await prisma.tokenFamily.updateMany({ where, data: { expiresAt: new Date(0) } });
    await inject("access_tokens", errorCode, 2, "DELETE");
    await deleteExpiredRows("token_families", currentSettings());
    expect(await prisma.tokenFamily.count({ where })).toBe(0);
    expect(await prisma.accessToken.count({ where })).toBe(0);
  });

  test("in the queue of logout tokens: delivered, postponed or given up, each once", async () => {
    const queue = createLogoutQueue(prisma, currentSettings);
    const now = new Date();
    // Not due, so that no worker takes it.
    const add = (seconds: number) =>
      prisma.logoutDelivery.create({
        data: {
          applicationId: owner.applicationId,
          uri: "https://app.example/logout",
          subject: "alice",
          createdAt: now,
          nextAttemptAt: addSeconds(now, 3600),
          expiresAt: addSeconds(now, seconds),
        },
      });
    const [delivered, late, lost] = [await add(7200), await add(7200), await add(7200)];
    const deliver = (id: string) => ({ ...lost, id, sid: null, clientId: "app", algorithm: "RS256" as const });
    await inject("logout_deliveries", errorCode, 2, "DELETE");
    await queue.complete(delivered.id);
    await inject("logout_deliveries", errorCode, 2, "DELETE");
    expect(await queue.postpone(deliver(lost.id), 9000, "status 500")).toBe(false);
    await inject("logout_deliveries", errorCode, 2);
    expect(await queue.postpone(deliver(late.id), 60, "status 500")).toBe(true);
    const where = { applicationId: owner.applicationId };
    expect(await prisma.logoutDelivery.findMany({ where })).toMatchObject([{ id: late.id }]);
    expect(await prisma.auditEvent.count({ where: { ...where, type: "logout.undelivered" } })).toBe(1);
  });

  test("repeatedly: given up, reported as an outage, and nothing has happened", async () => {
    const code = await issue();
    await inject("access_tokens", errorCode, 1000);
    const failure = await stores.codes.redeem(code.codeHash, buildIssued(code)).catch((error) => error);
    expect(isDatabaseUnavailable(failure)).toBe(true);
    expect(await stores.codes.find(code.codeHash)).toMatchObject({ consumedAt: null });
    await inject("access_tokens", errorCode, 0);
    expect(await stores.codes.redeem(code.codeHash, buildIssued(code))).toBe(true);
  });
});

test("any other error is not retried", async () => {
  let calls = 0;
  const failing = retryConflicts(async () => {
    calls += 1;
    throw new Error("boom");
  });
  await expect(failing).rejects.toThrow("boom");
  expect(calls).toBe(1);
});
