import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { buildQuickStart, type QuickStartSubject } from "./quick-start";

const application: QuickStartSubject = {
  clientId: "id",
  clientType: "confidential",
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: ["https://app.example.com/callback?a=b&c=d", "https://other.example.com/"],
  requirePkce: false,
};
const publicUrl = "http://127.0.0.1:8000";

const titlesOf = (subject: QuickStartSubject) => buildQuickStart(subject, publicUrl).steps.map(({ title }) => title);

/** What curl would be called with, as a real shell reads the line. */
function readArguments(code: string, variables: Record<string, string> = {}): string[] {
  const output = execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${code}`], {
    env: { NODE_ENV: "test", PATH: "/usr/bin:/bin", ...variables },
    encoding: "utf8",
  });
  return output.split("\0").slice(0, -1);
}

test("the link carries the first redirect URI whole", () => {
  const { authorizePath } = buildQuickStart(application, publicUrl);
  const url = new URL(authorizePath ?? "", publicUrl);
  expect(url.pathname).toBe("/o/authorize/");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: "code",
    client_id: "id",
    redirect_uri: "https://app.example.com/callback?a=b&c=d",
  });
});

test("each grant has its line", () => {
  expect(titlesOf(application)).toEqual(["Exchange the code", "Refresh the access token", "Call the sample API"]);
  expect(titlesOf({ ...application, grantTypes: ["client_credentials"], redirectUris: [] })).toEqual([
    "Get a token for the application itself",
    "Call the sample API",
  ]);
});

test("where PKCE is required there is no plain link, and a public client sends no secret", () => {
  const { authorizePath, steps } = buildQuickStart({ ...application, clientType: "public" }, publicUrl);
  expect(authorizePath).toBeNull();
  expect(steps.map(({ title }) => title)).toContain("Authorize link with PKCE");
  expect(steps.map(({ code }) => code).join("\n")).not.toContain("CLIENT_SECRET");
  expect(steps.find(({ title }) => title === "Exchange the code")?.code).toContain('"code_verifier=$CODE_VERIFIER"');
});

test("the challenge is the one of RFC 7636 Appendix B", () => {
  const [step] = buildQuickStart({ ...application, requirePkce: true }, publicUrl).steps;
  const code = (step?.code ?? "").replace("$(openssl rand -hex 32)", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  const link = new URL(execFileSync("sh", ["-c", code], { encoding: "utf8" }).trim());
  expect(link.searchParams.get("code_challenge")).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  expect(link.searchParams.get("code_challenge_method")).toBe("S256");
});

test("no character of an id or an address reaches the shell unquoted", () => {
  const clientId = "a'b\"c$HOME`id`;d&e";
  const redirectUri = "https://app.example.com/it's?a=$HOME;b&c=(d)!";
  const { steps } = buildQuickStart({ ...application, clientId, redirectUris: [redirectUri] }, publicUrl);
  const args = readArguments(steps[0]?.code ?? "", { CLIENT_SECRET: "s3'cret $x", CODE: "c0de" });
  expect(args).toEqual([
    "http://127.0.0.1:8000/o/token/",
    "-d",
    "grant_type=authorization_code",
    "--data-urlencode",
    `client_id=${clientId}`,
    "--data-urlencode",
    "client_secret=s3'cret $x",
    "--data-urlencode",
    `redirect_uri=${redirectUri}`,
    "--data-urlencode",
    "code=c0de",
  ]);
});
