import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { baseUrl } from "../support/environment";
import { send } from "../support/http";
import { authorizationOf, credentialsOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** Attacks 1 to 7, 9 and 10: known vulnerabilities of Next.js and React, against this application. */

const skippers = ["middleware", "src/middleware", "proxy", "src/proxy", "pages/_middleware"].map((name) =>
  Array(5).fill(name).join(":"),
);

test("attack 1: x-middleware-subrequest opens no page and issues no code", async ({ portal, user, browser }) => {
  const application = await portal.createApplication({ owner: user, skipConsent: true });
  const pages = [
    "/o/applications/",
    "/o/applications/register/",
    `/o/applications/${application.id}/`,
    "/o/authorized_tokens/",
  ];
  for (const value of skippers) {
    const headers = { "x-middleware-subrequest": value };
    for (const path of pages) {
      const answer = await browser.get(path, headers);
      expect([303, 307]).toContain(answer.status);
      expect(answer.text).not.toContain(application.name);
    }
    const authorize = await browser.get(authorizePath(authorizationOf(application)), headers);
    expect(authorize.headers.location).toMatch(/^\/login\?/);
    // The proxy's headers are set anyway.
    const login = await browser.get("/login", headers);
    expect(login.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  }
  expect(await portal.countCodes(application)).toBe(0);
});

test("attack 2: the router's headers and addresses give signed-out people no data", async ({
  portal,
  user,
  browser,
}) => {
  const application = await portal.createApplication({ owner: user });
  const headerSets: Record<string, string>[] = [
    { RSC: "1" },
    { RSC: "1", "Next-Router-Prefetch": "1" },
    { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" },
    { RSC: "1", "Next-Router-State-Tree": "%5B%22%22%2C%7B%7D%5D" },
    { RSC: "1", "Next-Url": "/o/applications" },
    { "x-nextjs-data": "1" },
    { "next-resume": "1" },
  ];
  for (const path of ["/o/applications", `/o/applications/${application.id}`]) {
    for (const suffix of [
      "",
      "/",
      "?_rsc=x",
      ".rsc",
      ".segments/_tree.segment.rsc",
      ".segments/o.segment.rsc",
      ".txt",
      ".json",
    ]) {
      for (const headers of [{}, ...headerSets]) {
        const answer = await browser.get(`${path}${suffix}`, headers);
        expect(answer.status, `${path}${suffix}`).toBeLessThan(500);
        expect(answer.text, `${path}${suffix}`).not.toContain(application.name);
        expect(answer.text, `${path}${suffix}`).not.toContain(application.clientId);
      }
    }
  }
});

test("attack 3: query parameters don't replace those in the path", async ({ portal, user, person }) => {
  const other = await portal.createUser();
  const [own, theirs] = [
    await portal.createApplication({ owner: user }),
    await portal.createApplication({ owner: other }),
  ];
  for (const name of ["nxtPid", "nxtIid", "id", "__nextParams"]) {
    const answer = await person.get(`/o/applications/${own.id}/?${name}=${theirs.id}`);
    expect(answer.text).not.toContain(theirs.name);
    const reverse = await person.get(`/o/applications/${theirs.id}/?${name}=${own.id}`);
    expect(reverse.status).toBe(404);
    expect(reverse.text).not.toContain(theirs.name);
  }
});

test("attack 4: there are no data routes", async ({ browser }) => {
  for (const path of ["/_next/data/build/o/applications.json", "/_next/data/development/index.json"]) {
    expect((await browser.get(path)).status).toBe(404);
  }
});

const boundary = "----attack";

function multipart(fields: Record<string, string>): { headers: Record<string, string>; body: string } {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join("")}--${boundary}--\r\n`,
  };
}

test("attacks 5 and 6: crafted Flight references run nothing, deep ones hang nothing", async ({ portal }) => {
  const marker = `globalThis.${"x".repeat(8)}`;
  const crafted: Record<string, string>[] = [
    {
      "0": '["$1:then"]',
      "1": `{"then":"$1:__proto__:then","status":"resolved_model","value":"{\\"then\\":\\"$B0\\"}"}`,
    },
    { "0": '"$1:constructor:constructor"', "1": `"${marker}"` },
    { "0": `["$F1"]`, "1": '{"id":"child_process#execSync","bound":["id"]}' },
    { "0": '{"a":"$@1"}', "1": '"$@0"' },
    { "0": `${"[".repeat(20_000)}${"]".repeat(20_000)}` },
    { $ACTION_REF_1: "", "$ACTION_1:0": '{"id":"00","bound":"$@1"}', "$ACTION_1:1": "[]" },
    { $ACTION_KEY: "k", $ACTION_ID_00000000000000000000000000000000000000000000: "" },
  ];
  for (const path of ["/", "/login", "/o/applications/register/", "/o/authorize/", "/o/token/"]) {
    for (const fields of crafted) {
      for (const action of [{}, { "Next-Action": "0".repeat(42) }, { "Next-Action": "x" }]) {
        const { headers, body } = multipart(fields);
        const answer = await send("POST", path, {
          headers: { ...headers, ...action, Origin: baseUrl },
          body,
          timeout: 20_000,
        });
        expect(answer.text).not.toContain("uid=");
      }
    }
  }
  const machine = await portal.createMachine();
  expect((await requestToken({ grant_type: "client_credentials", ...credentialsOf(machine) })).status).toBe(200);
});

test("attack 7: x-nextjs-data changes no redirect", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  const answer = await browser.get(authorizePath(authorizationOf(application)), { "x-nextjs-data": "1" });
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toMatch(/^\/login\?/);
  expect(answer.headers["cache-control"]).toBe("no-store");
});

test("attack 9: the image optimizer fetches nothing", async ({ browser }) => {
  for (const url of [`${baseUrl}/icon.svg`, "/icon.svg", "http://127.0.0.1:5432/", "http://169.254.169.254/"]) {
    const answer = await browser.get(`/_next/image?${new URLSearchParams({ url, w: "64", q: "75" })}`);
    expect([400, 404]).toContain(answer.status);
  }
});

test("attack 10: no cache keeps a page, whatever the request", async ({ person }) => {
  for (const path of [
    "/",
    "/login",
    "/o/applications/",
    "/o/authorized_tokens/",
    `/o/applications/${randomUUID()}/`,
    "/nothing",
  ]) {
    for (const headers of [{}, { RSC: "1" }]) {
      const answer = await person.get(path, headers);
      expect(answer.headers["cache-control"], path).toMatch(/no-store/);
      expect(answer.headers["cache-control"], path).not.toMatch(/public|s-maxage/);
    }
  }
});
