import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyStoredValues } from "@/lib/current-settings";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext, userActor, withTransaction } from "@/lib/services/context";
import { listMessages } from "@/lib/services/mail/list-messages";
import { type MessageToQueue, queueMessage } from "@/lib/services/mail/queue-message";
import { sendTestMessage } from "@/lib/services/mail/send-test-message";
import { disableUsers } from "@/lib/services/users/manage/disable-users";
import { updateUser } from "@/lib/services/users/manage/update-user";
import { createMessageWorker } from "./create-message-worker";
import { type MailServer, startMailServer } from "./testing/mail-server";

const prisma = getPrisma();
const servers: { close(): Promise<unknown> | unknown }[] = [];
let recipient = "";

beforeEach(async () => {
  await prisma.message.deleteMany();
  recipient = `maria-${randomUUID()}@example.com`;
});

afterEach(async () => {
  applyStoredValues({});
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await prisma.message.deleteMany();
});

function setServer(port: number, more: Record<string, string> = {}): void {
  applyStoredValues({
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(port),
    SMTP_SECURITY: "none",
    MAIL_FROM: "Latchkey <no-reply@example.com>",
    ...more,
  });
}

async function receive(options: SMTPServerOptions = {}, more: Record<string, string> = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  servers.push(server);
  setServer(server.port, more);
  return server;
}

const invitation = (link = "https://id.example.com/invitation/secret-token"): MessageToQueue => ({
  kind: "invitation",
  to: recipient,
  locale: "de-AT",
  values: { link, expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
});

const queue = (message: MessageToQueue) => {
  const context = systemContext();
  return withTransaction(context, (tx) => queueMessage(tx, context, message));
};

const work = () => createMessageWorker().run(() => false);
const makeDue = () =>
  prisma.message.updateMany({ where: { sentAt: null, givenUpAt: null }, data: { nextAttemptAt: new Date(0) } });
const readRow = () => prisma.message.findFirstOrThrow({ where: { recipient } });
const decode = (source: string) =>
  source
    .replaceAll(/=\r\n/g, "")
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (run) => decodeURIComponent(run.replaceAll("=", "%")));

test("a message is sent in the reader's language, and then what was in it is forgotten", async () => {
  const server = await receive();
  expect(await queue(invitation())).toBe("queued");
  expect((await readRow()).sealedValues).not.toContain("secret-token");
  await work();
  const [mail] = server.received;
  expect(mail).toMatchObject({ from: "no-reply@example.com", to: [recipient] });
  const source = decode(mail?.source ?? "");
  expect(source).toContain("Sie sind eingeladen");
  expect(source).toContain("https://id.example.com/invitation/secret-token");
  expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(await readRow()).toMatchObject({
    sealedValues: null,
    nextAttemptAt: null,
    sentAt: expect.any(Date),
    attempts: 1,
  });
  const { messages } = await listMessages(systemContext(), { q: recipient });
  expect(messages).toEqual([expect.objectContaining({ kind: "invitation", recipient, state: "sent" })]);
  expect(JSON.stringify(messages)).not.toContain("token");
});

test("several processes at the same time send each message once", async () => {
  const server = await receive();
  const addresses = Array.from({ length: 20 }, (_, index) => `${index}-${recipient}`);
  for (const to of addresses) await queue({ ...invitation(), to });
  await Promise.all(Array.from({ length: 4 }, work));
  expect(server.received.flatMap(({ to }) => to).sort()).toEqual(addresses.toSorted());
});

test("with STARTTLS the password goes over TLS only, to a server that is trusted", async () => {
  const signIn = { SMTP_SECURITY: "starttls", SMTP_USER: "latchkey", SMTP_PASSWORD: "hunter2 hunter2" };
  // It has a certificate that nobody signed.
  const server = await receive({ authOptional: false }, signIn);
  await queue(invitation());
  await work();
  expect(server.received).toEqual([]);
  expect((await readRow()).lastProblem).toMatch(/certificate/i);
  // One that offers no TLS gets nothing either.
  const plain = await receive({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"] }, signIn);
  await makeDue();
  await work();
  expect(plain.received).toEqual([]);
  expect(await readRow()).toMatchObject({ attempts: 2, sentAt: null, lastProblem: expect.stringMatching(/TLS/) });
});

test("it signs in, and a refused password is tried again later", async () => {
  const credentials = { SMTP_USER: "latchkey", SMTP_PASSWORD: "hunter2 hunter2" };
  let accepts = false;
  const server = await receive(
    {
      authOptional: false,
      allowInsecureAuth: true,
      hideSTARTTLS: true,
      onAuth: ({ username, password }, _session, answer) =>
        accepts && password === "hunter2 hunter2" ? answer(null, { user: username ?? "" }) : answer(new Error("No.")),
    },
    credentials,
  );
  await queue(invitation());
  await work();
  const { lastProblem } = await readRow();
  expect(lastProblem).toMatch(/^EAUTH/);
  expect(lastProblem).not.toContain("hunter2");
  accepts = true;
  await work();
  expect(server.received).toEqual([]);
  await makeDue();
  await work();
  expect(server.received).toEqual([expect.objectContaining({ user: "latchkey" })]);
});

test("an address that the server refuses for good is given up, and one that it may take later isn't", async () => {
  let code = 450;
  await receive({
    onRcptTo: (_address, _session, answer) => answer(Object.assign(new Error("Not here."), { responseCode: code })),
  });
  await queue(invitation());
  await work();
  expect(await readRow()).toMatchObject({ givenUpAt: null, sealedValues: expect.any(String) });
  code = 550;
  await makeDue();
  await work();
  expect(await readRow()).toMatchObject({
    givenUpAt: expect.any(Date),
    sealedValues: null,
    nextAttemptAt: null,
    lastProblem: expect.stringContaining("550"),
  });
});

test("a message that is of no use anymore is given up", async () => {
  setServer(9);
  await queue(invitation());
  await prisma.message.updateMany({ data: { expiresAt: new Date(Date.now() + 5000) } });
  await work();
  expect(await readRow()).toMatchObject({ givenUpAt: expect.any(Date), sealedValues: null });
});

test("what has expired while no mail server was set isn't sent later", async () => {
  setServer(9);
  await queue(invitation());
  await prisma.message.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
  applyStoredValues({});
  await work();
  expect(await readRow()).toMatchObject({ givenUpAt: expect.any(Date), sealedValues: null, attempts: 0 });
});

test("a server that never answers costs one attempt, and others are sent meanwhile in another process", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  servers.push({ close: () => silent.close() });
  setServer((silent.address() as AddressInfo).port);
  await queue(invitation());
  const stuck = work();
  await expect.poll(async () => (await readRow()).attempts).toBe(1);
  const other = { ...invitation(), to: `other-${recipient}` };
  await queue(other);
  const server = await receive();
  await work();
  expect(server.received.flatMap(({ to }) => to)).toEqual([other.to]);
  await stuck;
  expect((await readRow()).lastProblem).toMatch(/ETIMEDOUT|ECONNECTION|ESOCKET/);
});

test("without a mail server nothing is queued; nor for what isn't an address", async () => {
  applyStoredValues({});
  expect(await queue(invitation())).toBe("not_configured");
  setServer(9);
  for (const to of ["a@example.com, b@example.com", "a@example.com\r\nBcc: b@example.com", "", "a b@example.com"]) {
    expect(await queue({ ...invitation(), to })).toBe("not_an_address");
  }
  expect(await prisma.message.count()).toBe(0);
});

test("nobody is flooded: an address gets twenty messages in an hour", async () => {
  setServer(9);
  const outcomes: string[] = [];
  for (let index = 0; index < 21; index += 1) outcomes.push(await queue(invitation()));
  expect(outcomes.filter((outcome) => outcome === "queued")).toHaveLength(20);
  expect(outcomes.at(-1)).toBe("limited");
});

test("the administrator who tries the settings learns what the mail server said", async () => {
  const name = randomUUID();
  const { id } = await prisma.user.create({
    data: { username: name, usernameKey: name, email: recipient, emailKey: recipient, locale: "fr" },
  });
  const tryOut = () => sendTestMessage({ ...systemContext(), actor: userActor({ id, portalRole: "administrator" }) });
  expect(await tryOut()).toEqual({ outcome: "not_configured", recipient, problem: null });
  const server = await receive();
  expect(await tryOut()).toEqual({ outcome: "sent", recipient, problem: null });
  expect(decode(server.received[0]?.source ?? "")).toContain("L’envoi d’e-mails fonctionne");
  setServer(9);
  expect(await tryOut()).toMatchObject({ outcome: "failed", problem: expect.stringMatching(/ECONNREFUSED|ESOCKET/) });
  await prisma.user.delete({ where: { id } });
});

test("whoever is disabled, or gets another address, is told", async () => {
  setServer(9);
  const context = systemContext();
  const name = randomUUID();
  const { id } = await prisma.user.create({
    data: { username: name, usernameKey: name, email: recipient, emailKey: recipient, locale: "fr" },
  });
  await updateUser(context, { id, email: `new-${recipient}` });
  await disableUsers(context, { ids: [id], reason: "" });
  await disableUsers(context, { ids: [id], reason: "" });
  const rows = await prisma.message.findMany({ where: { userId: id }, orderBy: { kind: "asc" } });
  expect(rows.map(({ kind, recipient: to, locale }) => [kind, to, locale])).toEqual([
    ["account_disabled", `new-${recipient}`, "fr"],
    ["email_added", `new-${recipient}`, "fr"],
    ["email_changed", recipient, "fr"],
  ]);
  await prisma.user.delete({ where: { id } });
});
