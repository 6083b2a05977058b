import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { lintCode } from "./test/lint-code";

/** Each line of code, placed in the file, and a part of the expected message. */
const forbiddenCode: [file: string, code: string, message: string][] = [
  ["lib/oauth/a.ts", 'import "next/headers";', "pure protocol core"],
  ["lib/oauth/authorize/checks/b.ts", 'import "@/lib/env";', "pure protocol core"],
  ["lib/oauth/authorize/checks/c.ts", 'import "node:fs";', "pure protocol core"],
  ["lib/oauth/d.ts", 'import "@/lib/db/client";', "pure protocol core"],
  ["lib/oauth/e.ts", "export const at = Date.now();", "lib/oauth is pure"],
  ["lib/oauth/f.ts", "export const at = new Date();", "lib/oauth is pure"],
  ["lib/oauth/g.ts", "export const dice = Math.random();", "lib/oauth is pure"],
  ["lib/services/users/g.ts", "export const at = new Date();", "take the time from lib/clock.ts"],
  ["lib/http/c.ts", "export const at = Date.now();", "take the time from lib/clock.ts"],
  ["lib/quota-b.ts", "export const clock = { now: Date.now };", "take the time from lib/clock.ts"],
  ["app/c/page.tsx", "export const at = Date.now() / 1000;", "take the time from lib/clock.ts"],
  ["components/ui/i.tsx", "export const at = new Date();", "take the time from lib/clock.ts"],
  ["server/e.ts", "export const at = Date.now();", "take the time from lib/clock.ts"],
  ["lib/oauth/h.ts", 'import "../env";', "stays inside its room"],
  ["lib/oauth/wire/i.ts", 'import "../../env";', "stays inside its room"],
  ["lib/oauth/authorize/checks/j.ts", 'import "../../../env";', "stays inside its room"],
  ["lib/oauth/wire/a.ts", 'import "../ports/client";', "only rooms above it"],
  ["lib/oauth/wire/b.ts", 'import type { Client } from "../ports/client";', "only rooms above it"],
  ["lib/oauth/wire/c.ts", 'export { type Client } from "../ports/client";', "only rooms above it"],
  ["lib/oauth/wire/d.ts", 'export type Wanted = import("../ports/client").Client;', "only rooms above it"],
  ["lib/oauth/wire/e.ts", 'export const lazy = () => import("../ports/client");', "only rooms above it"],
  ["lib/oauth/wire/f.ts", 'import "./../ports/client";', "only rooms above it"],
  ["lib/oauth/wire/deep/a.ts", 'import "../../ports/client";', "only rooms above it"],
  ["lib/oauth/ports/a.ts", 'import "../keys/jarm";', "only rooms above it"],
  ["lib/oauth/keys/a.ts", 'import "../client/fapi";', "only rooms above it"],
  ["lib/oauth/client/a.ts", 'import "../openid/acr";', "only rooms above it"],
  ["lib/oauth/openid/a.ts", 'import "../scope/scope";', "only rooms above it"],
  ["lib/oauth/scope/a.ts", 'import "../access/bearer";', "only rooms above it"],
  ["lib/oauth/access/a.ts", 'import "../authorize/checks/text";', "only rooms above it"],
  ["lib/oauth/authorize/checks/a.ts", 'import "../authorize";', "only rooms above it"],
  ["lib/oauth/authorize/checks/d.ts", 'import "../../token/grants/issue";', "only rooms above it"],
  ["lib/oauth/authorize/a.ts", 'import "../token/grants/issue";', "only rooms above it"],
  ["lib/oauth/token/grants/a.ts", 'import "../token";', "only rooms above it"],
  ["lib/oauth/token/a.ts", 'import "../device/user-code";', "only rooms above it"],
  ["lib/oauth/device/a.ts", 'import "../registration/client-members";', "only rooms above it"],
  ["lib/oauth/registration/a.ts", 'import "../discovery/metadata";', "only rooms above it"],
  ["lib/oauth/discovery/a.ts", 'import "../testing/builders";', "only rooms above it"],
  ["lib/oauth/endpoints.ts", 'import "./wire/errors";', "imports nothing"],
  ["lib/oauth/discovery/b.ts", 'import "../client-endpoints";', "imports client-endpoints.ts"],
  ["lib/oauth/token/grants/b.ts", 'import "../../client-endpoints";', "imports client-endpoints.ts"],
  ["lib/oauth/wire/cycle-a.ts", 'import type { B } from "./cycle-b";\nexport type A = B[];', "cycle"],
  ["lib/oauth/wire/cycle-b.ts", 'import type { A } from "./cycle-a";\nexport type B = A[];', "cycle"],
  ["lib/quick-starts/a.ts", 'import "@/lib/env";', "A small room of lib"],
  ["lib/network/a.ts", 'import "@/lib/env";', "A small room of lib"],
  ["lib/messages/a.ts", 'import "@/lib/services/errors";', "A small room of lib"],
  ["lib/messages/b.ts", 'import "@/lib/oauth/registration/client";', "A small room of lib"],
  ["lib/network/b.ts", 'import type { Client } from "@/lib/oauth/ports/client";', "A small room of lib"],
  ["lib/limits/a.ts", 'import "@/lib/db/prisma";', "A small room of lib"],
  ["lib/limits/b.ts", 'import type { Actor } from "@/lib/services/context";', "A small room of lib"],
  ["lib/keys/a.ts", 'import "@/lib/services/errors";', "A small room of lib"],
  ["lib/keys/b.ts", 'import "@/lib/oauth-server";', "A small room of lib"],
  ["lib/keys/c.ts", 'export const lazy = () => import("@/app/layout");', "A small room of lib"],
  ["lib/logout/a.ts", 'import "@/lib/http/paths";', "A small room of lib"],
  ["components/ui/a.tsx", 'import "@/lib/db/client";', "Components only show"],
  ["components/ui/b.tsx", 'import "@/lib/auth/session-store";', "Components only show"],
  ["components/ui/c.tsx", 'import "@/lib/services/errors";', "Components only show"],
  ["components/ui/d.tsx", 'import "@/lib/env";', "Components only show"],
  ["components/ui/e.tsx", 'import "@/server/database/migrate";', "server/ starts the application"],
  ["components/ui/f.tsx", 'import "@/app/layout";', "Pages use components"],
  ["components/ui/g.tsx", 'import "../../lib/oauth/wire/errors";', "stays inside its room"],
  ["app/o/(protocol)/token/route.ts", 'import "@/lib/db/client";', "never the database"],
  ["app/o/(protocol)/authorize/route.ts", 'import "@prisma/client";', "Only lib/db talks to Prisma"],
  ["app/page.tsx", 'export const lazy = () => import("@/lib/db/client");', "never the database"],
  ["app/layout.tsx", 'import "../lib/env";', "stays inside its room"],
  ["app/o/(protocol)/authorize/consent/page.tsx", 'import "../../../../../lib/env";', "stays inside its room"],
  ["lib/http/a.ts", 'import "@/lib/db/client";', "lib/http only translates"],
  ["lib/http/b.ts", 'import "@/lib/services/users/create-user";', "lib/http only translates"],
  ["lib/services/users/a.ts", 'import "next/headers";', "A service knows no transport"],
  ["lib/services/users/b.ts", 'import "@/components/ui/card";', "never the other way round"],
  ["lib/services/users/c.ts", 'import "@/app/layout";', "never the other way round"],
  ["lib/services/users/d.ts", 'import "@prisma/client";', "Only lib/db talks to Prisma"],
  ["lib/services/users/e.ts", 'import "../../db/generated/client";', "Only lib/db talks to Prisma"],
  ["lib/auth/a.ts", 'import "@/lib/db/generated/client";', "Only lib/db talks to Prisma"],
  ["lib/auth/b.ts", 'import "@/components/ui/card";', "never the other way round"],
  ["lib/auth/c.ts", 'import "../services/errors";', "stays inside its room"],
  ["lib/services/users/z.ts", 'import "@/lib/http/session/sign-in";', "A service knows no transport"],
  ["lib/services/sessions/a.ts", 'import "@/lib/auth/current-session";', "A service knows no transport"],
  ["lib/services/sessions/b.ts", 'import "@/lib/auth/browser";', "A service knows no transport"],
  ["lib/services/sessions/c.ts", 'import "@/lib/auth/request-cookies";', "A service knows no transport"],
  ["lib/services/sessions/d.ts", 'import "next-auth";', "A service knows no transport"],
  ["lib/auth/y.ts", 'import "next/headers";', "set in lib/http"],
  ["lib/auth/z.ts", 'import "next-auth";', "set in lib/http"],
  ["lib/auth/request-cookies.ts", 'import "@/lib/http/session/sign-in";', "lib/auth is used by these rooms"],
  ["lib/services/users/f.ts", 'import "pg";', "Only lib/db talks to Prisma and PostgreSQL"],
  ["lib/db/b.ts", 'import "pg";', "Connections are made in lib/db/postgres.ts"],
  ["lib/db/c.ts", 'import "@prisma/adapter-pg";', "Connections are made in lib/db/postgres.ts"],
  ["server/d.ts", 'import "pg";', "Only lib/db talks to Prisma and PostgreSQL"],
  ["e2e/support/a.ts", 'import "pg";', "Only lib/db talks to Prisma and PostgreSQL"],
  ["lib/db/a.ts", 'import "@/lib/services/errors";', "knows none of them"],
  ["lib/outbound/a.ts", 'import "@/lib/db/prisma";', "lib/outbound keeps nothing"],
  ["lib/outbound/b.ts", 'import "@/lib/services/errors";', "knows none of them"],
  ["lib/outbound/c.ts", 'import "../auth/network";', "stays inside its room"],
  ["lib/outbound/d.ts", 'export const load = () => fetch("https://a.example");', "global variable fetch"],
  ["components/ui/h.tsx", 'import "@/lib/outbound/fetch-public";', "Components only show"],
  ["lib/oauth-server.ts", 'import "@prisma/client";', "Only lib/db talks to Prisma"],
  ["server/a.ts", 'import "@prisma/client";', "Only lib/db talks to Prisma"],
  ["server/b.ts", 'import "@/app/layout";', "never the other way round"],
  ["server/c.ts", 'import "../lib/env";', "stays inside its room"],
  ["app/d/page.tsx", 'import "@/lib/env";', "Settings come from the context"],
  ["app/e/page.tsx", 'import "@/lib/current-settings";', "Settings come from the context"],
  ["proxy.ts", 'import "@/lib/env";', "Settings come from the context"],
  ["lib/log.ts", 'import "./env";', "Settings come from the context"],
  ["lib/quota-c.ts", 'import "@/lib/env";', "Settings come from the context"],
  ["lib/services/users/h.ts", 'import "@/lib/env";', "Settings come from the context"],
  ["lib/services/users/i.ts", 'import "@/lib/current-settings";', "Settings come from the context"],
  ["lib/services/users/j.ts", 'import "@/lib/deployment";', "Settings come from the context"],
  ["lib/services/users/k.ts", 'export type E = import("@/lib/env").Environment;', "Settings come from the context"],
  ["lib/http/d.ts", 'import "@/lib/env";', "Settings come from the context"],
  ["lib/auth/e.ts", 'export const lazy = () => import("@/lib/env");', "Settings come from the context"],
  ["lib/db/d.ts", 'import "@/lib/current-settings";', "Settings come from the context"],
  ["lib/outbound/e.ts", 'import "@/lib/current-settings";', "Settings come from the context"],
  ["lib/keys/d.ts", 'import "@/lib/current-settings";', "Settings come from the context"],
  ["server/f.ts", "export const LIMIT_MS: number = 5;", "Write constants in camelCase"],
  ["lib/limits/c.ts", "export const LIMIT = 5;", "Write constants in camelCase"],
  ["lib/auth/d.ts", "export const port = process.env.PORT;", "process.env"],
  ["app/error.tsx", "export const port = process.env.PORT;", "process.env"],
];

/** Code that each rule must allow. */
const allowedCode: [file: string, code: string][] = [
  ["lib/oauth/ok.ts", 'import "zod";\nimport "jose";\nimport "node:crypto";\nimport "./errors";'],
  ["lib/oauth/authorize/checks/ok.ts", 'import "../../wire/errors";'],
  ["lib/oauth/testing/ok.ts", 'import "vitest";\nimport "../discovery/metadata";\nexport const at = new Date();'],
  ["lib/oauth/testing/memory/ok.ts", 'import "../builders";\nimport "../../token/token";'],
  ["lib/oauth/wire/ok.test.ts", 'import "../testing/builders";'],
  ["lib/oauth/ports/ok.ts", 'import "../wire/errors";\nimport "./client";'],
  ["lib/oauth/authorize/ok.ts", 'import "./checks/text";\nimport "../access/bearer";'],
  ["lib/oauth/client-endpoints.ts", 'import "./token/token";\nimport "./endpoints";'],
  ["lib/oauth/discovery/ok.ts", 'import "../endpoints";'],
  ["lib/oauth/token/grants/ok.ts", 'import "./issue";\nimport "../../authorize/checks/text";'],
  ["lib/oauth/clock.ts", "export const at = new Date(0);"],
  ["lib/db/ok.ts", 'import "@prisma/client";\nimport "./generated/client";\nimport "@/lib/oauth/ports/store";'],
  ["lib/db/postgres.ts", 'import "@prisma/adapter-pg";\nimport "pg";'],
  [
    "lib/outbound/ok.ts",
    'import "node:https";\nimport "@/lib/network/networks";\nimport "@/lib/oauth/ports/context";\nimport "./fetch-url";',
  ],
  ["lib/services/users/ok.ts", 'import "@/lib/db/client";\nimport "@/lib/settings";\nimport "../errors";'],
  ["lib/services/context.ts", 'import "@/lib/current-settings";'],
  ["lib/services/users/ok.test.ts", 'import "@/lib/current-settings";\nimport "@/lib/env";'],
  ["lib/current-settings.ts", 'import "@/lib/env";\nimport "@/lib/settings";'],
  ["lib/deployment.ts", 'import "@/lib/env";'],
  ["server/named.ts", "export const limit = 5;\nexport const { DATABASE_URL } = { DATABASE_URL: 1 };"],
  ["app/o/(protocol)/token/named.ts", "export const POST = () => 1;"],
  ["server/ok.ts", 'import "@/lib/env";'],
  [
    "lib/auth/ok.ts",
    'import "@/lib/current-settings";\nimport "@/lib/deployment";\nimport "next-auth/jwt";\nimport "./request-cookies";',
  ],
  [
    "lib/http/session/ok.ts",
    'import "next/headers";\nimport "next-auth";\nimport "@/lib/services/sessions/sign-out-session";',
  ],
  ["lib/services/sessions/ok.ts", 'import "@/lib/auth/session-store";'],
  ["lib/http/ok.ts", 'import "@/lib/services/errors";\nimport "@/lib/services/context";'],
  ["lib/env.ts", "export const port = process.env.PORT;"],
  ["server/database/schema-engine.ts", 'import "@prisma/driver-adapter-utils";\nexport const port = process.env.PORT;'],
  ["components/ui/ok.tsx", 'import "@/lib/oauth/ports/types";\nimport "./card";\nimport "../layout/shell";'],
  ["app/o/(protocol)/token/ok.ts", 'import "@/lib/oauth-server";\nimport "@/lib/services/errors";\nimport "../form";'],
];

let messagesAbout: ReturnType<typeof lintCode>;

beforeAll(() => {
  messagesAbout = lintCode([...forbiddenCode, ...allowedCode]);
});

test.each(forbiddenCode)("%s: %s is refused", (file, _code, message) => {
  expect(messagesAbout(file)).toContain(message);
});

test("every room of the core has its place in the order", () => {
  const plugin = readFileSync("server/lint/core-rooms.grit", "utf8");
  const table = /### Inside the core\n([\s\S]*?)\n#/.exec(readFileSync("docs/architecture.md", "utf8"))?.[1] ?? "";
  const rooms = [...plugin.matchAll(/<([a-z/]+)>/g)].map(([, room]) => room);
  expect([...table.matchAll(/^\| `([a-z/]+)`/gm)].map(([, room]) => room)).toEqual(rooms);
  const besideThem = ["client-endpoints.ts", "endpoints.ts"];
  const inOrder = [...rooms.filter((room) => !room?.includes("/")), ...besideThem];
  expect(inOrder.toSorted()).toEqual(readdirSync("lib/oauth").toSorted());
});

test.each(allowedCode)("%s is allowed", (file) => {
  expect(messagesAbout(file)).toBe("");
});
