import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { applyStoredValues, currentSettings } from "@/lib/current-settings";
import { getPrisma } from "@/lib/db/prisma";
import { log } from "@/lib/log";
import { problemsIn } from "@/lib/messages/problems-in";
import { systemContext, userActor } from "../context";
import { ForbiddenError, type ServiceError } from "../errors";
import { getSettings } from "./get-settings";
import { loadSettings } from "./load-settings";
import { updateSettings } from "./update-settings";

const prisma = getPrisma();
const context = systemContext();
const fieldErrors = async (work: Promise<unknown>) =>
  work.then(
    (): ServiceError["fieldErrors"] => ({}),
    (error: ServiceError) => error.fieldErrors,
  );

async function reset() {
  await prisma.setting.deleteMany();
  applyStoredValues({});
}

beforeEach(reset);
afterEach(reset);

const mail = { SMTP_HOST: "smtp.example.com", SMTP_USER: "latchkey", MAIL_FROM: "Latchkey <id@example.com>" };

test("a saved setting holds at once, is answered as saved, and goes back to its default", async () => {
  await updateSettings(context, { values: { SESSION_IDLE_LIFETIME: "600", ACCESS_TOKEN_LIFETIME: "900" } });
  expect(currentSettings()).toMatchObject({ sessionIdleLifetime: 600, accessTokenLifetime: 900 });
  const read = async () => (await getSettings(context, { section: "sessions" })).settings[0];
  expect(await read()).toMatchObject({ name: "SESSION_IDLE_LIFETIME", value: "600", source: "saved" });
  await updateSettings(context, { values: { SESSION_IDLE_LIFETIME: "" } });
  expect(await read()).toMatchObject({ value: "1209600", source: "default" });
  expect(currentSettings()).toMatchObject({ sessionIdleLifetime: 1_209_600, accessTokenLifetime: 900 });
});

test("what another process saved is taken over when the settings are read again", async () => {
  await prisma.setting.create({ data: { name: "SESSION_LIFETIME", value: "1300000", updatedAt: new Date() } });
  expect(currentSettings().sessionLifetime).toBe(2_592_000);
  await loadSettings();
  expect(currentSettings().sessionLifetime).toBe(1_300_000);
});

test("the environment wins, and can't be changed here", async () => {
  process.env.SESSION_LIFETIME = "2000000";
  try {
    const refused = await fieldErrors(updateSettings(context, { values: { SESSION_LIFETIME: "1500000" } }));
    expect(Object.keys(refused)).toEqual(["SESSION_LIFETIME"]);
    await prisma.setting.create({ data: { name: "SESSION_LIFETIME", value: "1300000", updatedAt: new Date() } });
    await loadSettings();
    expect(currentSettings().sessionLifetime).toBe(2_000_000);
    expect((await getSettings(context, { section: "sessions" })).settings[1]).toMatchObject({
      value: "2000000",
      source: "environment",
    });
  } finally {
    delete process.env.SESSION_LIFETIME;
  }
});

test("values that are wrong, alone or together, are refused by name, and nothing is saved", async () => {
  const wrong = { ACCESS_TOKEN_LIFETIME: "soon", SESSION_LIFETIME: "60", SMTP_HOST: "smtp example" };
  const refused = await fieldErrors(updateSettings(context, { values: wrong }));
  expect(Object.keys(refused).sort()).toEqual(["ACCESS_TOKEN_LIFETIME", "SESSION_IDLE_LIFETIME", "SMTP_HOST"]);
  expect(
    Object.keys(await fieldErrors(updateSettings(context, { values: { SMTP_HOST: "smtp.example.com" } }))),
  ).toEqual(["MAIL_FROM"]);
  expect(refused.ACCESS_TOKEN_LIFETIME).toEqual(["Enter a whole number of seconds from 1 to 315,360,000."]);
  expect(refused.SESSION_IDLE_LIFETIME).toEqual([expect.stringContaining("at most 60 seconds")]);
  expect(await prisma.setting.count()).toBe(0);
});

test("what is wrong with a value is said in the reader's language, without English in it", async () => {
  const values = { SMTP_HOST: "smtp example", SMTP_SECURITY: "ssl", SESSION_LIFETIME: "60", MAIL_FROM: "me" };
  const error = await updateSettings(context, { values }).catch((thrown: ServiceError) => thrown);
  expect((error as ServiceError).translate(problemsIn("de")).fieldErrors).toEqual({
    SMTP_HOST: ["Geben Sie einen Hostnamen oder eine Adresse ein."],
    SMTP_SECURITY: ["Wählen Sie einen Eintrag aus der Liste."],
    SESSION_IDLE_LIFETIME: ["Geben Sie höchstens 60 Sekunden ein: Länger als die maximale Dauer geht nicht."],
    MAIL_FROM: [expect.stringMatching(/^Geben Sie eine E-Mail-Adresse/)],
  });
});

test("rows that contradict each other, or that nobody can open, leave the settings as they were", async () => {
  await updateSettings(context, { values: { SESSION_LIFETIME: "1300000" } });
  const at = new Date();
  await prisma.setting.create({ data: { name: "SESSION_IDLE_LIFETIME", value: "1400000", updatedAt: at } });
  await loadSettings();
  expect(currentSettings()).toMatchObject({ sessionLifetime: 1_300_000, sessionIdleLifetime: 1_209_600 });
  await prisma.setting.deleteMany({ where: { name: "SESSION_IDLE_LIFETIME" } });
  const rows = { ...mail, SMTP_PASSWORD: "not sealed", NO_VARIABLE: "x" };
  await prisma.setting.createMany({
    data: Object.entries(rows).map(([name, value]) => ({ name, value, updatedAt: at })),
  });
  await loadSettings();
  expect(currentSettings().mail).toMatchObject({ host: "smtp.example.com", password: null });
});

test("of values that can't be used, each alone is left out, and shown beside its field", async () => {
  process.env.REFRESH_TOKEN_IDLE_LIFETIME = "1000";
  const warn = vi.spyOn(log(), "warn");
  try {
    const saved = { REFRESH_TOKEN_LIFETIME: "500", ACCESS_TOKEN_LIFETIME: "900", SESSION_LIFETIME: "soon" };
    const rows = { ...saved, SMTP_HOST: "smtp.example.com", SECURITY_CONTACT: "mailto:a@example.com" };
    await prisma.setting.createMany({
      data: Object.entries(rows).map(([name, value]) => ({ name, value, updatedAt: new Date() })),
    });
    await loadSettings();
    await loadSettings();
    expect(currentSettings()).toMatchObject({ accessTokenLifetime: 900, securityContact: "mailto:a@example.com" });
    expect(currentSettings()).toMatchObject({ sessionLifetime: 2_592_000, mail: null });
    expect(warn.mock.calls.filter(([, message]) => message === "saved settings can't be used")).toHaveLength(1);
    const read = async (section: "lifetimes" | "sessions" | "email", name: string) =>
      (await getSettings(context, { section })).settings.find((setting) => setting.name === name);
    expect(await read("sessions", "SESSION_LIFETIME")).toMatchObject({ value: "2592000", ignored: { value: "soon" } });
    expect((await read("sessions", "SESSION_LIFETIME"))?.ignored?.reason).toEqual({
      code: "consoleProblems.settings.seconds",
      values: { minimum: 1, maximum: 315_360_000 },
      message: "Enter a whole number of seconds from 1 to 315,360,000.",
    });
    expect(await read("email", "SMTP_HOST")).toMatchObject({ source: "default", ignored: { value: rows.SMTP_HOST } });
    expect(await read("lifetimes", "ACCESS_TOKEN_LIFETIME")).toMatchObject({ value: "900", ignored: null });
    const whole = await read("lifetimes", "REFRESH_TOKEN_LIFETIME");
    expect(whole).toMatchObject({ source: "default", ignored: { value: "500", reason: null } });
    // Another setting can be changed meanwhile, and the one that is ignored as well.
    await updateSettings(context, { values: { ACCESS_TOKEN_LIFETIME: "800" } });
    expect(currentSettings().accessTokenLifetime).toBe(800);
    const worse = updateSettings(context, { values: { REFRESH_TOKEN_LIFETIME: "600" } });
    expect(Object.keys(await fieldErrors(worse))).toEqual(["REFRESH_TOKEN_IDLE_LIFETIME"]);
    await updateSettings(context, { values: { REFRESH_TOKEN_LIFETIME: "6000" } });
    expect(currentSettings().refreshTokenLifetime).toBe(6000);
  } finally {
    delete process.env.REFRESH_TOKEN_IDLE_LIFETIME;
    warn.mockRestore();
  }
});

test("a password is sealed, never answered or recorded, and ends when it would go elsewhere", async () => {
  const before = new Date();
  const password = "correct horse battery staple";
  await updateSettings(context, { values: { ...mail, SMTP_PASSWORD: password } });
  expect(currentSettings().mail).toMatchObject({ user: "latchkey", password });
  const rows = await prisma.setting.findMany();
  const answer = await getSettings(context, { section: "email" });
  const events = await prisma.auditEvent.findMany({ where: { type: "settings.changed", at: { gte: before } } });
  expect(events.length).toBeGreaterThan(0);
  expect(JSON.stringify([rows, answer, events])).not.toContain(password);
  expect(answer.settings.find(({ name }) => name === "SMTP_PASSWORD")).toMatchObject({ value: null, isSet: true });

  await updateSettings(context, { values: { SMTP_PASSWORD: "", MAIL_FROM: "id@example.com" } });
  expect(currentSettings().mail).toMatchObject({ password, from: { name: "", address: "id@example.com" } });
  for (const values of [{ SMTP_HOST: "evil.example" }, { SMTP_PORT: "25" }, { SMTP_SECURITY: "none" }] as const) {
    expect(Object.keys(await fieldErrors(updateSettings(context, { values })))).toEqual(["SMTP_PASSWORD"]);
  }
  await updateSettings(context, { values: { SMTP_HOST: "mail.example.com", SMTP_PASSWORD: password } });
  expect(currentSettings().mail).toMatchObject({ host: "mail.example.com", password });
  await updateSettings(context, { values: { SMTP_USER: "" } });
  expect(currentSettings().mail).toMatchObject({ user: null, password: null });
});

test("changes at the same time come one after the other: none contradicts another", async () => {
  const changes = [{ SESSION_IDLE_LIFETIME: "2000000" }, { SESSION_LIFETIME: "1500000" }];
  const outcomes = await Promise.allSettled(changes.map((values) => updateSettings(context, { values })));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("only who may change settings changes them", async () => {
  const as = (portalRole: "auditor" | "user_manager") => ({
    ...context,
    actor: userActor({ id: "0198c1b2-77aa-7c3e-9f00-1234567890ab", portalRole }),
  });
  await expect(getSettings(as("user_manager"), { section: "email" })).rejects.toThrow(ForbiddenError);
  expect((await getSettings(as("auditor"), { section: "email" })).settings).toHaveLength(6);
  await expect(updateSettings(as("auditor"), { values: {} })).rejects.toThrow(ForbiddenError);
});
