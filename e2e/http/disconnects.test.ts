import { once } from "node:events";
import { connect } from "node:net";
import { expect } from "vitest";
import { systemContext } from "@/lib/services/context";
import { cleanStorage } from "@/lib/services/storage/clean-storage";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { encodeForm, formType } from "../support/http";
import {
  authorizationOf,
  exchangeOf,
  getResource,
  obtainTokens,
  refreshOf,
  requestToken,
} from "../support/token-client";
import { test } from "../support/vitest";
import { waitFor } from "../support/wait-for";

/** F16: clients that disconnect before they have read their answer. */

const rounds = 40;

/** Sends a token request and disconnects, immediately or a moment later. */
async function sendAndHangUp(fields: Record<string, string>, round: number): Promise<void> {
  const { hostname, port, host } = new URL(round % 2 === 0 ? baseUrl : secondBaseUrl);
  const body = encodeForm(fields);
  const head = [
    "POST /o/token/ HTTP/1.1",
    `Host: ${host}`,
    `Content-Type: ${formType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  await new Promise((resolve) => socket.write(`${head.join("\r\n")}\r\n\r\n${body}`, resolve));
  if (round % 3 !== 0) await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
  await once(socket, "close");
}

test("F16: a client that lost the answer to a refresh asks again and gets the successor", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  for (let round = 0; round < rounds; round++) {
    // A new family each, because the request of one round may still be running in the next, and would be a replay of
    // its tokens.
    const { refreshToken } = await obtainTokens(person, application);
    const request = refreshOf(application, refreshToken);
    await sendAndHangUp(request, round);
    const answer = await requestToken(request, { base: secondBaseUrl });
    expect(answer.status).toBe(200);
    expect((await getResource(answer.accessToken)).status).toBe(200);
  }
  const where = { family: { applicationId: application.id } };
  expect(await portal.database.refreshToken.count({ where: { ...where, rotatedAt: null } })).toBe(rounds);
  expect(await portal.database.accessToken.count({ where: { ...where, revokedAt: null } })).toBe(rounds);
});

test("F16: a code is redeemed by the second request, or that is a replay and everything from the code is revoked", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  for (let round = 0; round < rounds / 2; round++) {
    const request = exchangeOf(application, await person.obtainCode(authorizationOf(application)));
    await sendAndHangUp(request, round);
    const answer = await requestToken(request);
    if (answer.status !== 200) expectOAuthError(answer, 400, "invalid_grant");
    const families = await portal.database.tokenFamily.findMany({ where: { applicationId: application.id } });
    // A request that is still running would be a replay itself.
    const alive = families.filter(({ revokedAt }) => revokedAt === null);
    expect(alive.length).toBeLessThanOrEqual(1);
    await portal.database.tokenFamily.deleteMany({ where: { applicationId: application.id } });
  }
});

test("F16: no row is left behind once the storage has been cleaned", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const { refreshToken } = await obtainTokens(person, application);
  for (let round = 0; round < 5; round++) await sendAndHangUp(refreshOf(application, refreshToken), round);
  const { database } = portal;
  const where = { applicationId: application.id };
  const past = { expiresAt: new Date(Date.now() - 1000) };
  await database.tokenFamily.updateMany({ where, data: past });
  // Requests may still be running, and the cleanup skips rows that they hold.
  await waitFor("no family", async () => {
    await cleanStorage(systemContext(), { tables: ["token_families"] });
    return (await database.tokenFamily.count({ where })) === 0;
  });
  expect(await database.accessToken.count({ where })).toBe(0);
});
