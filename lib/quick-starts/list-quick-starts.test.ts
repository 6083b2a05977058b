import { expect, test } from "vitest";
import { defaultSettings } from "@/lib/oauth/ports/client-settings";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { gatherFacts, type QuickStartSubject } from "./facts";
import { listQuickStarts } from "./list-quick-starts";
import type { QuickStart } from "./quick-start";

const publicUrl = "https://id.example.com";
const scopes = ["openid", "profile", "email", "read", "write", "introspection"];

const web: QuickStartSubject = {
  ...defaultSettings,
  clientId: "the-client",
  kind: "web",
  name: "web-app",
  clientType: "confidential",
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: ["https://app.example.com/callback"],
};

const machine: QuickStartSubject = { ...web, kind: "machine", grantTypes: ["client_credentials"], redirectUris: [] };

function list(application: QuickStartSubject, url = publicUrl) {
  return listQuickStarts(gatherFacts(application, { publicUrl: url, scopes }));
}

function find(application: QuickStartSubject, id: string, url = publicUrl): QuickStart {
  const found = list(application, url).find((quickStart) => quickStart.id === id);
  if (!found) throw new Error(`No quick start ${id}.`);
  return found;
}

function codeOf({ files }: QuickStart): string {
  return files.map(({ code }) => code).join("\n");
}

const servers = ["nextjs", "express", "python", "django", "flask", "go", "spring-boot", "asp-net", "apache"];

test.each<[string, Partial<QuickStartSubject>, string[]]>([
  ["a web application", {}, servers],
  ["a page without a server", { kind: "single_page", clientType: "public" }, ["single-page"]],
  ["a program on a phone", { kind: "native", clientType: "public" }, ["mobile"]],
  ["a machine", machine, ["machine"]],
  ["a device", { kind: "device", clientType: "public", grantTypes: [deviceCodeGrant], redirectUris: [] }, ["device"]],
  ["pushed requests", { requirePushedAuthorizationRequests: true }, []],
  ["signed requests", { requireSignedRequestObject: true }, []],
  ["a key instead of a secret", { tokenEndpointAuthMethod: "private_key_jwt" }, []],
  ["bound tokens", { dpopBoundAccessTokens: true }, []],
  [
    "bound tokens of a page",
    { kind: "single_page", clientType: "public", dpopBoundAccessTokens: true },
    ["single-page"],
  ],
])("%s gets the quick starts that work with it", (_, settings, expected) => {
  const listed = list({ ...web, ...settings }).map(({ id }) => id as string);
  if (settings.clientType === "public") expect(listed).toEqual(expect.arrayContaining(expected));
  else expect(listed).toEqual(expected);
});

test("ASP.NET isn't offered to an application whose secret has to be in the header", () => {
  const listed = list({ ...web, tokenEndpointAuthMethod: "client_secret_basic" });
  expect(listed.map(({ id }) => id)).not.toContain("asp-net");
});

test("a client without a secret is asked for none", () => {
  for (const quickStart of list({ ...web, kind: "native", clientType: "public" })) {
    expect(`${codeOf(quickStart)}\n${quickStart.commands.join("\n")}`).not.toContain("CLIENT_SECRET");
  }
});

test("each has the issuer and the client ID, and its secrets only as variables", () => {
  for (const quickStart of [...list(web), ...list(machine)]) {
    expect(codeOf(quickStart)).toContain("https://id.example.com/o");
    expect(codeOf(quickStart)).toContain("the-client");
    expect(quickStart.commands).toContain("export CLIENT_SECRET=…");
  }
});

test("http is allowed only if the issuer is on it", () => {
  for (const id of ["express", "asp-net"]) {
    expect(codeOf(find(web, id))).not.toMatch(/allowInsecureRequests|RequireHttpsMetadata/);
    expect(codeOf(find(web, id, "http://127.0.0.1:3000"))).toMatch(/allowInsecureRequests|RequireHttpsMetadata/);
  }
});

test("the program listens at the port of a redirect URI to the same machine", () => {
  const local = { ...web, redirectUris: ["http://127.0.0.1:8123/callback"] };
  expect(codeOf(find(local, "express"))).toContain("app.listen(8123)");
  expect(codeOf(find(web, "express"))).toContain("app.listen(3000)");
});

test.each([
  [
    "https://app.example.com/auth/callback/company",
    "app/auth/[...nextauth]/route.js",
    "https://app.example.com/auth/callback/company",
  ],
  [
    "https://app.example.com/welcome",
    "app/api/auth/[...nextauth]/route.js",
    "https://app.example.com/api/auth/callback/latchkey",
  ],
])("next-auth at %s has its routes where the library wants them", (redirectUri, path, used) => {
  const quickStart = find({ ...web, redirectUris: [redirectUri] }, "nextjs");
  expect(quickStart.files.map((file) => file.path)).toContain(path);
  expect(quickStart.redirectUri).toBe(used);
});

test("next-auth on this machine is at localhost, to which Next.js rewrites addresses", () => {
  const local = { ...web, redirectUris: ["http://127.0.0.1:8123/api/auth/callback/latchkey"] };
  expect(find(local, "nextjs").redirectUri).toBe("http://localhost:8123/api/auth/callback/latchkey");
});

test("a redirect URI at the path of a page of the program moves that page", () => {
  expect(codeOf(find({ ...web, redirectUris: ["https://app.example.com/"] }, "flask"))).toContain('@app.get("/home")');
  expect(codeOf(find({ ...web, redirectUris: ["https://app.example.com/login"] }, "flask"))).toContain(
    '@app.get("/sign-in")',
  );
});

test("values with quotes and other special characters stay within their strings", () => {
  const clientId = 'a"b\\c';
  for (const id of servers) expect(codeOf(find({ ...web, clientId }, id))).toContain(JSON.stringify(clientId));
});

test("a dollar sign begins no variable in Kotlin", () => {
  const application: QuickStartSubject = { ...web, kind: "native", clientType: "public", clientId: "a$b" };
  const kotlin = find(application, "mobile").files.find(({ path }) => path.endsWith(".kt"));
  expect(kotlin?.code).toContain('"a\\$b"');
});

test("an application without a redirect URI gets an example", () => {
  expect(find({ ...web, redirectUris: [] }, "express").redirectUri).toBe("http://127.0.0.1:3000/callback");
});
