import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSession } from "@/lib/auth/testing/create-session";
import { currentSettings } from "@/lib/current-settings";
import { createLogoutQueue, type LogoutDelivery } from "@/lib/db/oauth/logout-deliveries";
import { getPrisma } from "@/lib/db/prisma";
import { userActor } from "@/lib/services/context";
import { signOutSession } from "@/lib/services/sessions/sign-out-session";
import { signLogoutToken } from "../oauth/openid/logout-token";
import { toSid } from "../oauth/openid/session-id";
import { buildContext } from "../oauth/testing/test-context";
import { postPublicForm } from "../outbound/post-public-form";
import { LogoutDeliveryWorker, type LogoutDeliveryWorkerOptions } from "./logout-delivery-worker";

const prisma = getPrisma();
const context = buildContext();
const servers: Server[] = [];
const workers: LogoutDeliveryWorker[] = [];
let userId = "";
let applicationIds: string[] = [];

beforeEach(async () => {
  await prisma.logoutDelivery.deleteMany();
  const name = randomUUID();
  const data = { username: name, usernameKey: name, email: name, emailKey: name };
  ({ id: userId } = await prisma.user.create({ data }));
  applicationIds = [];
});

afterEach(async () => {
  const stopped = workers.splice(0).map((worker) => worker.stop());
  // First, because a worker that stops waits for running requests.
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await Promise.all(stopped);
  await prisma.application.deleteMany({ where: { id: { in: applicationIds } } });
  await prisma.user.delete({ where: { id: userId } });
});

/** A receiver on 127.0.0.1 that records the `sid` of every logout token it gets. */
async function receive(answer?: RequestListener): Promise<{ uri: string; sids: unknown[] }> {
  const sids: unknown[] = [];
  const server = createServer(async (request, response) => {
    const token = new URLSearchParams(await readBody(request)).get("logout_token") ?? "";
    sids.push(decodeJwt(token).sid);
    if (answer) answer(request, response);
    else response.writeHead(200, { "Cache-Control": "no-store" }).end();
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/logout`, sids };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function createApplication(backchannelLogoutUri: string): Promise<string> {
  const name = randomUUID();
  const { id } = await prisma.application.create({
    data: { clientId: name, name, clientType: "confidential", grantTypes: [], backchannelLogoutUri },
  });
  applicationIds.push(id);
  return id;
}

/** A user who has signed in to the applications; returns the session's ID. */
async function signInTo(...ids: string[]): Promise<string> {
  const { id } = await createSession(userId, { ipAddress: null, userAgent: null, browserId: "browser" }, new Date());
  await prisma.sessionParticipant.createMany({
    data: ids.map((applicationId) => ({ sessionId: id, applicationId })),
  });
  return id;
}

function signOut(sessionId: string): Promise<unknown> {
  const actor = userActor({ id: userId, portalRole: null });
  return signOutSession({ actor, sessionId, now: () => new Date(), settings: currentSettings() });
}

function startWorker(options: Partial<LogoutDeliveryWorkerOptions> = {}, timeout = 1500): LogoutDeliveryWorker {
  const worker = new LogoutDeliveryWorker({
    queue: createLogoutQueue(prisma, currentSettings),
    async deliver(delivery: LogoutDelivery) {
      const fields = { logout_token: await signLogoutToken({ ...context, now: () => new Date() }, delivery) };
      await postPublicForm(delivery.uri, fields, { privateNetworks: ["127.0.0.1"], timeout });
    },
    onProblem: async () => {},
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  workers.push(worker);
  return worker;
}

const listRows = () => prisma.logoutDelivery.findMany({ where: { applicationId: { in: applicationIds } } });

async function until(check: () => boolean | Promise<boolean>, worker: LogoutDeliveryWorker): Promise<void> {
  for (let turn = 0; turn < 400 && !(await check()); turn += 1) {
    await worker.run();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await check()).toBe(true);
}

test("several workers at the same time deliver each row once", async () => {
  const receivers = await Promise.all(Array.from({ length: 4 }, () => receive()));
  const ids = await Promise.all(receivers.map(({ uri }) => createApplication(uri)));
  const sessionIds: string[] = [];
  for (let index = 0; index < 15; index += 1) sessionIds.push(await signInTo(...ids));
  await Promise.all(sessionIds.map((id) => signOut(id)));
  expect(await listRows()).toHaveLength(60);
  const workers = Array.from({ length: 4 }, () => startWorker());
  const [first] = workers;
  if (!first) throw new Error("There is no worker.");
  for (const worker of workers) void worker.run();
  await until(async () => (await listRows()).length === 0, first);
  receivers.forEach(({ sids }, index) => {
    const expected = sessionIds.map((id) => toSid(id, ids[index] ?? ""));
    expect(sids.toSorted()).toEqual(expected.toSorted());
  });
});

test("a session that ends twice at the same moment is delivered once", async () => {
  const { uri } = await receive();
  const sessionId = await signInTo(await createApplication(uri));
  await Promise.all([signOut(sessionId), signOut(sessionId)]);
  expect(await listRows()).toHaveLength(1);
});

test("a receiver that never answers delays no other", async () => {
  const hanging = await receive(() => {});
  const quick = await receive();
  const ids = [await createApplication(hanging.uri), await createApplication(quick.uri)];
  for (let index = 0; index < 5; index += 1) await signOut(await signInTo(...ids));
  const problems: unknown[] = [];
  const worker = startWorker({ onProblem: async (_delivery, problem) => void problems.push(problem) }, 15_000);
  await until(() => quick.sids.length === 5, worker);
  // All of that happened while the first one was still pending; each application gets one at a time.
  expect(problems).toEqual([]);
  expect(hanging.sids).toHaveLength(1);
});

test("a failed delivery is retried after ten seconds, then after twice as long", async () => {
  let status = 500;
  const { uri, sids } = await receive((_request, response) => response.writeHead(status).end());
  const problems: unknown[] = [];
  const worker = startWorker({ onProblem: async (_delivery, problem) => void problems.push(problem) });
  await signOut(await signInTo(await createApplication(uri)));
  for (const pause of [10, 20, 40]) {
    const before = problems.length;
    await until(() => problems.length > before, worker);
    const [row] = await listRows();
    expect(row?.lastProblem).toBe("status 500");
    expect(Math.abs(Number(row?.nextAttemptAt) - Date.now() - pause * 1000)).toBeLessThan(3000);
    await worker.run();
    expect(problems).toHaveLength(before + 1);
    await prisma.logoutDelivery.updateMany({ data: { nextAttemptAt: new Date(0) } });
  }
  status = 204;
  await until(async () => (await listRows()).length === 0, worker);
  expect(sids).toHaveLength(4);
});

test("a delivery that isn't accepted within a day is given up", async () => {
  const { uri } = await receive((_request, response) => response.writeHead(400).end());
  const problems: { givenUp: boolean }[] = [];
  const worker = startWorker({ onProblem: async (_delivery, problem) => void problems.push(problem) });
  const applicationId = await createApplication(uri);
  await signOut(await signInTo(applicationId));
  await prisma.logoutDelivery.updateMany({ data: { expiresAt: new Date(Date.now() + 5000) } });
  await until(() => problems.length === 1, worker);
  expect(problems).toEqual([{ reason: "status 400", givenUp: true }]);
  expect(await listRows()).toEqual([]);
  const events = await prisma.auditEvent.findMany({ where: { applicationId }, select: { type: true, details: true } });
  expect(events).toEqual([{ type: "logout.undelivered", details: { attempts: 1, reason: "status 400" } }]);
});

test("what a crashed worker had taken returns to the others", async () => {
  const { uri, sids } = await receive();
  await signOut(await signInTo(await createApplication(uri)));
  const queue = createLogoutQueue(prisma, currentSettings);
  expect(await queue.take({ limit: 5, except: [], retries: true })).toHaveLength(1);
  expect(await queue.take({ limit: 5, except: [], retries: true })).toEqual([]);
  await prisma.logoutDelivery.updateMany({ data: { nextAttemptAt: new Date(0) } });
  await until(() => sids.length === 1, startWorker());
});

test("nothing is queued for an application without a back-channel address", async () => {
  const id = await createApplication("http://127.0.0.1:9/");
  await prisma.application.update({ where: { id }, data: { backchannelLogoutUri: null } });
  await signOut(await signInTo(id));
  expect(await listRows()).toEqual([]);
});
