import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { textsOf } from "@/lib/messages/texts";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { buildQuickStart } from "./quick-start";
import type { QuickStartSubject } from "./quick-start-subject";
import { plainApplication } from "./testing/plain-application";

const application: QuickStartSubject = {
  ...plainApplication,
  redirectUris: ["https://app.example.com/callback?a=b&c=d", "https://other.example.com/"],
};
const publicUrl = "http://127.0.0.1:8000";

const t = textsOf("quickStart", "en");
const titlesOf = (subject: QuickStartSubject) =>
  buildQuickStart(subject, publicUrl).steps.map(({ name }) => t(`steps.${name}`));

/** curl's arguments, as a real shell parses the line. */
function readArguments(code: string, variables: Record<string, string> = {}): string[] {
  const output = execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${code}`], {
    env: { NODE_ENV: "test", PATH: "/usr/bin:/bin", ...variables },
    encoding: "utf8",
  });
  return output.split("\0").slice(0, -1);
}

test("the link contains the whole first redirect URI", () => {
  const { authorizePath } = buildQuickStart(application, publicUrl);
  const url = new URL(authorizePath ?? "", publicUrl);
  expect(url.pathname).toBe("/o/authorize/");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: "code",
    client_id: "id",
    redirect_uri: "https://app.example.com/callback?a=b&c=d",
  });
});

test("each grant type has its command", () => {
  expect(titlesOf(application)).toEqual(["Exchange the code", "Refresh the access token", "Call the sample API"]);
  expect(titlesOf({ ...application, grantTypes: ["client_credentials"], redirectUris: [] })).toEqual([
    "Get a token for the application itself",
    "Call the sample API",
  ]);
});

test("a device requests codes, and then polls for the answer (RFC 8628 §3.1, §3.4)", () => {
  const tv = { ...application, clientType: "public" as const, grantTypes: [deviceCodeGrant], redirectUris: [] };
  const [ask, poll] = buildQuickStart(tv, publicUrl).steps;
  expect(readArguments(ask?.code ?? "")).toEqual([
    `${publicUrl}/o/device-authorization/`,
    "--data-urlencode",
    "client_id=id",
  ]);
  const args = readArguments(poll?.code ?? "", { DEVICE_CODE: "d3vice" });
  expect(args).toContain(`grant_type=${deviceCodeGrant}`);
  expect(args).toContain("device_code=d3vice");
});

test("if requests must be signed, nothing unsigned is shown (RFC 9101 §5)", () => {
  const signing = { ...application, requireSignedRequestObject: true, requirePkce: true };
  expect(buildQuickStart(signing, publicUrl).authorizePath).toBeNull();
  expect(titlesOf(signing)).not.toContain("Authorize link with PKCE");
  const pushing = { ...signing, requirePushedAuthorizationRequests: true };
  const [push] = buildQuickStart(pushing, publicUrl).steps;
  const args = readArguments(push?.code ?? "", { REQUEST_OBJECT: "a.b.c" }).join(" ");
  expect(args).toContain("request=a.b.c");
  expect(args).not.toContain("redirect_uri=");
});

test("if PKCE is required there is no plain link, and a public client sends no secret", () => {
  const { authorizePath, steps } = buildQuickStart({ ...application, clientType: "public" }, publicUrl);
  expect(authorizePath).toBeNull();
  expect(steps.map(({ name }) => t(`steps.${name}`))).toContain("Authorize link with PKCE");
  expect(steps.map(({ code }) => code).join("\n")).not.toContain("CLIENT_SECRET");
  expect(steps.find(({ name }) => t(`steps.${name}`) === "Exchange the code")?.code).toContain(
    '"code_verifier=$CODE_VERIFIER"',
  );
});

test("the challenge is the one of RFC 7636 Appendix B", () => {
  const [step] = buildQuickStart({ ...application, requirePkce: true }, publicUrl).steps;
  const code = (step?.code ?? "").replace("$(openssl rand -hex 32)", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  const link = new URL(execFileSync("sh", ["-c", code], { encoding: "utf8" }).trim());
  expect(link.searchParams.get("code_challenge")).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  expect(link.searchParams.get("code_challenge_method")).toBe("S256");
});

test("no character of an ID or an address reaches the shell unquoted", () => {
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

test("a secret that belongs in the header is sent there, form-encoded", () => {
  const tokenEndpointAuthMethod = "client_secret_basic" as const;
  const { steps } = buildQuickStart({ ...application, clientId: 'a`b$c"d', tokenEndpointAuthMethod }, publicUrl);
  const args = readArguments(steps[0]?.code ?? "", { CLIENT_SECRET: "s3cret", CODE: "c0de" });
  expect(args.slice(1, 3)).toEqual(["-u", "a%60b%24c%22d:s3cret"]);
  expect(args.join(" ")).not.toContain("client_secret=");
});

test("an application with its own key sends an assertion (RFC 7523 §2.2)", () => {
  const subject = { ...application, tokenEndpointAuthMethod: "private_key_jwt" as const };
  const args = readArguments(buildQuickStart(subject, publicUrl).steps[0]?.code ?? "", { CLIENT_ASSERTION: "a.b.c" });
  expect(args).toContain("client_assertion=a.b.c");
  expect(args).toContain("client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  expect(args.join(" ")).not.toContain("CLIENT_SECRET");
});

test("if requests must be pushed, the link contains only the reference (RFC 9126 §4)", () => {
  const subject = { ...application, requirePushedAuthorizationRequests: true };
  const { authorizePath, steps } = buildQuickStart(subject, publicUrl);
  expect(authorizePath).toBeNull();
  const [step] = steps;
  const output = execFileSync("sh", ["-c", `curl() { :; }\n${step?.code}`], {
    env: { NODE_ENV: "test", PATH: "/usr/bin:/bin", REQUEST_URI: "urn:example:x" },
    encoding: "utf8",
  });
  expect(Object.fromEntries(new URL(output.trim()).searchParams)).toEqual({
    client_id: "id",
    request_uri: "urn:example:x",
  });
});

test("if tokens are bound to a key, each request has a proof (RFC 9449 §4)", () => {
  const { steps } = buildQuickStart({ ...application, dpopBoundAccessTokens: true }, publicUrl);
  for (const { code } of steps) expect(readArguments(code, { DPOP_PROOF: "p.r.f" })).toContain("DPoP: p.r.f");
  expect(readArguments(steps.at(-1)?.code ?? "", { ACCESS_TOKEN: "t0ken" })).toContain("Authorization: DPoP t0ken");
});
