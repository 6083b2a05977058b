import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createSession } from "@/lib/auth/testing/create-session";
import { getPrisma } from "@/lib/db/prisma";
import { OAuthError } from "@/lib/oauth/wire/errors";
import { registerApplication } from "./applications/register-application";
import { type ServiceContext, systemContext, userActor } from "./context";
import { ServiceError } from "./errors";
import { createGroup } from "./groups/create-group";
import { createScope } from "./scopes/create-scope";
import { sampleOf } from "./testing/sample";
import { exported, type Verb, wires } from "./testing/verbs";
import { createAdministrator } from "./users/create-administrator";

/**
 * PostgreSQL stores neither NUL nor half of a surrogate pair: whichever text of whichever use case has one, it is a
 * problem of the input, and never an error of the database.
 */

const prisma = getPrisma();
const system = systemContext();
const name = `text-${randomUUID()}`;
const password = "a long enough password";
let context: ServiceContext;
let known: Record<string, string> = {};

const verbs = new Map(exported.filter((entry): entry is [string, Verb] => typeof entry[1] === "function"));

/** What they do concerns the whole server, or they need the proof of a password. */
const left = [
  "chooseNewPassword",
  "expireAllSessions",
  "removeRetiredSigningKeys",
  "rotateDueSigningKeys",
  "rotateSigningKeys",
];

beforeAll(async () => {
  const { id: userId } = await createAdministrator(system, { username: name, email: `${name}@example.com`, password });
  const at = new Date();
  const origin = { ipAddress: "192.0.2.1", userAgent: "A browser", browserId: "browser" };
  const session = await createSession(userId, origin, at);
  const actor = userActor({ id: userId, portalRole: "administrator" });
  context = { ...system, actor, sessionId: session.id, passwordConfirmedAt: at };
  const { id: groupId } = await createGroup(system, { name });
  await createScope(system, { name, description: "See it", isDefault: false, isRestricted: false });
  const { id: applicationId } = await registerApplication(context, application);
  known = { userId, groupId, applicationId, scopeName: name };
});

afterAll(async () => {
  await prisma.group.deleteMany({ where: { name } });
  await prisma.scope.deleteMany({ where: { name } });
  await prisma.user.deleteMany({ where: { username: { contains: name } } });
  await prisma.application.deleteMany({ where: { name } });
  await prisma.$disconnect();
});

const application = {
  name,
  clientType: "confidential" as const,
  grantTypes: ["authorization_code" as const],
  redirectUris: ["https://app.example/callback"],
  launchUrl: "https://app.example/",
  allowedScopes: ["openid"],
};

/** What is right in an input apart from the text that is tried, so that it gets as far as possible. */
function rightValues(verb: string): Record<string, unknown> {
  const [user, group] = [{ id: known.userId }, { id: known.groupId }];
  const profile = { username: `${name}-2`, email: `2-${name}@example.com` };
  const all: Record<string, Record<string, unknown>> = {
    addGroupMembers: { ...group, users: [name] },
    addClientSecret: { applicationId: known.applicationId, label: "x", expiresInDays: 1 },
    changeEmail: { ...profile, currentPassword: password },
    changePassword: { currentPassword: password, newPassword: "another long passphrase" },
    createApi: {
      ...{ identifier: `https://${name}.example`, name, scopes: [name] },
      ...{ tokenFormat: "jwt", accessTokenLifetime: 60, resourceServers: [] },
    },
    createAttribute: { name, type: "text", userAccess: "none", claimName: "", scopeName: "" },
    createInvitation: { emails: [profile.email], locale: "en", expiresInDays: 1, delivery: "copy", groupIds: [] },
    createInitialAccessToken: { label: name, maximumUses: 1, expiresInDays: 1 },
    createScope: { name: `${name}-2`, description: "See it", isDefault: false, isRestricted: false },
    createGroup: { name: `${name}-2`, description: "" },
    createUser: { ...profile, emailVerified: false },
    disableUser: { ...user, reason: "" },
    getTranslations: { kind: "scope", id: name },
    importUsers: { rows: [{ ...profile, unreadable: [{ field: "name", expected: "text" }] }], dryRun: true },
    registerApplication: application,
    updateApplication: { ...application, id: known.applicationId },
    updateGroup: { ...group, name: `${name}-3`, description: "" },
    updateScope: { name, description: "See it" },
    setUserGroups: { userId: known.userId, groupIds: [known.groupId] },
    startTestSignIn: {
      ...{ applicationId: known.applicationId, scopes: ["openid"], prompt: "", maxAge: null },
      ...{ responseMode: "", loginHint: "", credential: "secret" },
    },
    setApplicationAccess: { id: known.applicationId, restricted: true, groupIds: [known.groupId] },
    setUserNotes: { ...user, notes: "" },
    updateUser: { ...user },
    updateProfile: {},
  };
  return all[verb] ?? {};
}

type Path = readonly (string | number)[];

/** The places of all texts in a description of JSON. */
function listTexts(part: unknown, path: Path = []): Path[] {
  const { type, anyOf, items, properties, additionalProperties, propertyNames, ...rest } = Object(part) as Record<
    string,
    never
  >;
  // Which words there are is said by the shape, which whoever calls has checked.
  if ("enum" in rest || "const" in rest) return [];
  if (Array.isArray(anyOf)) return (anyOf as unknown[]).flatMap((one) => listTexts(one, path));
  if (type === "string") return [path];
  if (type === "array") return listTexts(items, [...path, 0]);
  const members = Object.entries(Object(properties) as object);
  const names = (Object(propertyNames) as { enum?: string[] }).enum ?? [];
  return [
    ...members.flatMap(([member, one]) => listTexts(one, [...path, member])),
    ...names.slice(0, 40).flatMap((member) => listTexts(additionalProperties, [...path, member])),
  ];
}

function setAt(value: unknown, [first, ...rest]: Path, text: string): unknown {
  if (first === undefined) return text;
  if (typeof first === "number") {
    const [held, ...others] = Array.isArray(value) ? value : [];
    return [setAt(held, rest, text), ...others];
  }
  const held = Object(value) as Record<string, unknown>;
  return { ...held, [first]: setAt(held[first], rest, text) };
}

const texts = [...wires].flatMap(([verb, { input }]): [string, Path][] => {
  if (!input || left.includes(verb)) return [];
  return listTexts(z.toJSONSchema(input, { io: "input" })).map((path) => [verb, path]);
});

test("there are texts to try", () => {
  expect(texts.length).toBeGreaterThan(200);
  expect(texts.filter(([verb]) => !verbs.has(verb))).toEqual([]);
});

const browser = { browserId: "browser", findPreviousSession: async () => null };

async function attempt(verb: string, input: unknown): Promise<unknown> {
  try {
    await verbs.get(verb)?.(context, input, browser);
    return null;
  } catch (error) {
    return error instanceof ServiceError || error instanceof OAuthError ? null : error;
  }
}

const verbsWithTexts = [...new Set(texts.map(([verb]) => verb))];

test.each(verbsWithTexts)("%s", async (verb) => {
  const { input } = wires.get(verb) ?? {};
  const sample = input ? sampleOf(z.toJSONSchema(input, { io: "input" })) : {};
  const right = { ...(sample as object), ...rightValues(verb) };
  const failed: unknown[] = [];
  for (const [, path] of texts.filter(([of]) => of === verb)) {
    for (const bad of ["a\u0000b", "\udc00"]) {
      const error = await attempt(verb, setAt(right, path, bad));
      if (error) failed.push([path.join("."), bad, error]);
    }
  }
  expect(failed).toEqual([]);
});
