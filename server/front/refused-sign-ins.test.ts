import { createHmac, randomBytes } from "node:crypto";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { hostCookieName } from "@/lib/auth/cookies";
import { refusedSignIns } from "@/lib/auth/refused-sign-ins";
import { currentTime } from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import { deriveKey } from "@/lib/keys/derive-key";
import { findSignInRefusal } from "./refused-sign-ins";

const network = "192.0.2.1";
const { publicUrl } = currentSettings();
const browserId = randomBytes(32).toString("base64url");
const csrf = createHmac("sha256", deriveKey("csrf")).update(browserId).digest("base64url");
const source = { network, identifier: "ada", cookie: "", now: currentTime() };

afterEach(() => refusedSignIns().forget(source, null));

interface Sent {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  fields?: Record<string, string>;
  from?: string;
}

function find({ path = "/login/submit", method = "POST", headers = {}, fields = {}, from = network }: Sent = {}) {
  const request = new IncomingMessage(new Socket());
  const sent = {
    "content-type": "application/x-www-form-urlencoded",
    origin: publicUrl,
    cookie: `theme=dark; ${hostCookieName("browser")}=${browserId}`,
    ...headers,
  };
  Object.assign(request, { method, url: path, headers: sent });
  const form = { csrf, identifier: "ada", password: "a guess", next: "/account", ...fields };
  const body = Buffer.from(new URLSearchParams(form).toString());
  return findSignInRefusal({ request, body, isWhole: true, replay: () => request }, from, publicUrl);
}

test("a sign-in that was refused a moment ago is refused with its page, and a way back with what was typed", async () => {
  expect(await find()).toBeNull();
  refusedSignIns().remember(source, null, { retryAfter: 300, isForAnyName: false });
  const page = await find();
  expect(page).toMatchObject({ status: 429, headers: { "Retry-After": "300", "Cache-Control": "no-store" } });
  expect(page?.html).toContain("Too many attempts");
  expect(page?.html).toMatch(/href="\/login\?attempt=[\w-]{16}&amp;next=%2Faccount"/);
  expect(page?.headers["Set-Cookie"]).toMatch(
    /^[^=]+login-[^=]+=[\w.-]+; Path=\/login; Max-Age=300; HttpOnly; SameSite=lax$/,
  );
  expect(page?.headers["Content-Security-Policy"]).toContain("frame-ancestors 'none'");
});

test.each<[string, Sent]>([
  ["another name", { fields: { identifier: "grace" } }],
  ["another network", { from: "192.0.2.2" }],
  ["another path", { path: "/login/submit/x" }],
  ["another method", { method: "GET" }],
  ["another type of body", { headers: { "content-type": "multipart/form-data; boundary=x" } }],
  ["a form of another site", { headers: { origin: "https://evil.example.test" } }],
  ["a form without its token", { fields: { csrf: "" } }],
  ["a browser without an id", { headers: { cookie: "" } }],
  ["a cookie that can't be read", { headers: { cookie: `${hostCookieName("browser")}=%` } }],
  ["a request that is malformed", { fields: { authorization_request: "?" } }],
  ["a long form", { fields: { password: "x".repeat(20_000) } }],
])("%s is left to the application", async (_what, sent) => {
  refusedSignIns().remember(source, null, { retryAfter: 300, isForAnyName: false });
  expect(await find(sent)).toBeNull();
});
