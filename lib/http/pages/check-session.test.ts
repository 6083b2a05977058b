import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { hostCookieName } from "@/lib/auth/cookies";
import { toSessionState } from "@/lib/oauth/openid/session-state";
import { checkSessionResponse } from "./check-session";

const origin = "https://app.example";
const stateCookie = hostCookieName("state");
const subject = { clientId: "a-client", origin, browserState: "signed-in_1" };

/** Loads the frame like a browser without any of the newer interfaces, and queries it. */
async function ask(message: unknown, { cookie = `theme=dark; ${stateCookie}=signed-in_1`, from = origin } = {}) {
  const html = await checkSessionResponse().text();
  const script = /<script>(.*)<\/script>/s.exec(html)?.[1] ?? "";
  let listener: (event: unknown) => void = () => {};
  const window = {
    addEventListener: (_type: string, added: typeof listener) => {
      listener = added;
    },
  };
  const globals = createContext({ window, document: { cookie }, unescape, encodeURIComponent });
  runInContext(script, globals);
  const answers: unknown[] = [];
  const source = { postMessage: (...answer: unknown[]) => void answers.push(answer) };
  listener({ data: message, origin: from, source });
  return answers;
}

test("unchanged while the state is that of the response, however long the digested values", async () => {
  for (const clientId of ["", "x".repeat(8), "x".repeat(20), "x".repeat(64), "x".repeat(300)].map((end) => `a${end}`)) {
    const state = toSessionState({ ...subject, clientId });
    expect(await ask(`${clientId} ${state}`)).toEqual([["unchanged", origin]]);
  }
});

test("changed for another session, no session, another client, another origin", async () => {
  const state = toSessionState(subject);
  const message = `a-client ${state}`;
  expect(await ask(message, { cookie: `${stateCookie}=signed-in_2` })).toEqual([["changed", origin]]);
  expect(await ask(message, { cookie: "" })).toEqual([["changed", origin]]);
  expect(await ask(`b-client ${state}`)).toEqual([["changed", origin]]);
  expect(await ask(message, { from: "https://other.example" })).toEqual([["changed", "https://other.example"]]);
});

test("unchanged for a page that knows that nobody was signed in", async () => {
  const state = toSessionState({ ...subject, browserState: "" });
  expect(await ask(`a-client ${state}`, { cookie: "theme=dark" })).toEqual([["unchanged", origin]]);
});

test.each([undefined, null, 7, {}, "", "a-client", "a-client  ", "a-client state", "a b c.d", "a-client x.y.z"])(
  "OpenID Connect Session Management §3.2: error for %j",
  async (message) => {
    expect(await ask(message)).toEqual([["error", origin]]);
  },
);

test("any page may frame it, nothing but its script runs, and it may be cached", () => {
  const { headers } = checkSessionResponse();
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'sha256-[^']+';/);
  expect(headers.get("content-security-policy")).not.toContain("frame-ancestors");
  expect(headers.get("x-frame-options")).toBeNull();
  expect(headers.get("cache-control")).toContain("max-age=3600");
});
