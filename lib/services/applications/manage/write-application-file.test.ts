import { expect, test } from "vitest";
import type { ExportedApplication } from "./export-applications";
import { writeApplicationFile } from "./write-application-file";

const plain: ExportedApplication = {
  clientId: "grafana",
  name: "Grafana, production",
  kind: "web",
  clientType: "confidential",
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: ["https://grafana.example/login", "https://grafana.example/other"],
  allowedScopes: ["openid"],
  owner: "maya",
  disabled: false,
  registrationSource: "manual",
  createdAt: new Date("2026-11-01T00:00:00.000Z"),
  lastTokenAt: null,
  people: { value: 500, exact: false },
};
const second: ExportedApplication = {
  ...plain,
  ...{ clientId: "x", name: "=cmd()", kind: null, owner: null, disabled: true, redirectUris: [] },
  ...{ lastTokenAt: new Date("2026-11-02T00:00:00.000Z"), people: { value: 3, exact: true } },
};

async function* inPages() {
  yield [plain];
  yield [second];
  yield [];
}

async function write(format: "csv" | "json", pages: AsyncIterable<readonly ExportedApplication[]> = inPages()) {
  let text = "";
  for await (const part of writeApplicationFile(pages, format)) text += part;
  return text;
}

test("CSV has a column for each value, lists are separated by spaces, and formulas are text", async () => {
  expect((await write("csv")).split("\r\n")).toEqual([
    "client_id,name,type,client_type,grant_types,redirect_uris,scopes,owner,status,registration,created_at,last_token_at,users",
    'grafana,"Grafana, production",web,confidential,authorization_code refresh_token,https://grafana.example/login https://grafana.example/other,openid,maya,active,manual,2026-11-01T00:00:00.000Z,,500+',
    "x,'=cmd(),,confidential,authorization_code refresh_token,,openid,,disabled,manual,2026-11-01T00:00:00.000Z,2026-11-02T00:00:00.000Z,3",
    "",
  ]);
});

test("JSON has the same by the same names", async () => {
  const [first, other] = JSON.parse(await write("json"));
  expect(first).toMatchObject({ client_id: "grafana", redirect_uris: plain.redirectUris, last_token_at: null });
  expect(other).toMatchObject({ type: null, owner: null, status: "disabled", users: "3" });
});

test("no application is a file too", async () => {
  const none = async function* () {
    yield [];
  };
  expect(await write("json", none())).toBe("[]\n");
  expect(await write("csv", none())).toMatch(/^client_id,[a-z_,]+\r\n$/);
});
