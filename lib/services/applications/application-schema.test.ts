import { describe, expect, test } from "vitest";
import { applicationSchema, clientIdSchema, clientSecretSchema } from "./application-schema";

const schema = applicationSchema({ allowHttp: false });
const webApp = {
  name: "web-app",
  clientType: "confidential" as const,
  grantTypes: ["authorization_code" as const, "refresh_token" as const],
  redirectUris: ["http://127.0.0.1:8000/noexist/callback"],
  allowedScopes: [],
  requirePkce: false,
  skipConsent: false,
};

function fieldsAtFault(change: object): string[] {
  const result = schema.safeParse({ ...webApp, ...change });
  return result.success ? [] : result.error.issues.map(({ path }) => String(path[0]));
}

describe("the fields of an application", () => {
  test("the walk-through's are good", () => {
    expect(schema.parse(webApp)).toEqual(webApp);
  });

  test.each([
    ["no name", { name: "  " }, "name"],
    ["a control character in the name", { name: "a\u0007b" }, "name"],
    ["a name that is too long", { name: "x".repeat(101) }, "name"],
    ["no grant type", { grantTypes: [] }, "grantTypes"],
    ["a grant type that isn't offered", { grantTypes: ["password"] }, "grantTypes"],
    ["refresh tokens without codes", { grantTypes: ["client_credentials", "refresh_token"] }, "grantTypes"],
    [
      "a public client with client credentials",
      { clientType: "public", grantTypes: ["client_credentials"] },
      "grantTypes",
    ],
    ["an unknown client type", { clientType: "secret" }, "clientType"],
    ["codes without a redirect URI", { redirectUris: [] }, "redirectUris"],
    ["a redirect URI with a fragment", { redirectUris: ["https://a.example/#x"] }, "redirectUris"],
    ["plain http to another host", { redirectUris: ["http://a.example/"] }, "redirectUris"],
    ["a malformed scope", { allowedScopes: ['read"'] }, "allowedScopes"],
  ])("%s is refused", (_name, change, field) => {
    expect(fieldsAtFault(change)).toContain(field);
  });

  test("client credentials alone need no redirect URI", () => {
    expect(fieldsAtFault({ grantTypes: ["client_credentials"], redirectUris: [] })).toEqual([]);
  });

  test("plain http is let through by the development switch", () => {
    const open = applicationSchema({ allowHttp: true });
    expect(open.safeParse({ ...webApp, redirectUris: ["http://a.example/cb"] }).success).toBe(true);
  });

  test("what is given twice counts once", () => {
    const uri = "https://a.example/cb";
    expect(schema.parse({ ...webApp, redirectUris: [uri, uri] }).redirectUris).toEqual([uri]);
  });
});

describe("client id and secret that someone brings along", () => {
  test.each(["a", "vW1RcAl7Mb0d5gyHNQIAcH110lWoOW2BmWJIero8", "my-app.example"])("the id %s will do", (id) => {
    expect(clientIdSchema.safeParse(id).success).toBe(true);
  });

  test.each(["", "with space", "with:colon", "über", "x".repeat(256), "a\u0000b"])("the id %j won't", (id) => {
    expect(clientIdSchema.safeParse(id).success).toBe(false);
  });

  test("a secret needs 32 characters", () => {
    expect(clientSecretSchema.safeParse("x".repeat(31)).success).toBe(false);
    expect(clientSecretSchema.safeParse("x".repeat(32)).success).toBe(true);
  });
});
