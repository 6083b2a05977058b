import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { clientSettings, settingNames, settingOf } from "@/lib/oauth/ports/client-settings";
import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import { applicationSchema } from "@/lib/services/applications/settings/application-schema";

/** Production code. Each migration is generated from the schema. */
const sources = ["app", "components", "lib", "server"]
  .flatMap((room) => readdirSync(room, { recursive: true, encoding: "utf8" }).map((name) => path.join(room, name)))
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\/testing\/|\/generated\//.test(name))
  .concat(
    "prisma/schema.prisma",
    readdirSync("messages/en").map((name) => path.join("messages/en", name)),
  );

function findMentions(setting: string): string[] {
  const spellings = [setting, toSnakeCase(setting), toSnakeCase(setting).replaceAll("_", "-")];
  const mention = new RegExp(`\\b(?:${spellings.join("|")})(?:Id|_id)?\\b`);
  return sources.filter((name) => mention.test(readFileSync(name, "utf8"))).toSorted();
}

const everySetting = [
  "lib/oauth/ports/client-settings.ts",
  "lib/services/applications/settings/setting-texts.ts",
  "messages/en/application-settings.json",
  "prisma/schema.prisma",
];

// The two that were added last, each with the protocol rule it serves and the screens beside the form that explain it.
test.each([
  [
    "claimsInIdToken",
    [
      "lib/oauth/openid/id-token.ts",
      // Its program tells next-auth where the claims are.
      "lib/quick-starts/web/nextjs.ts",
      "messages/en/applications.json",
      "messages/en/quick-start.json",
    ],
  ],
  ["defaultApi", ["lib/oauth/token/grants/access-token-target.ts"]],
])("a setting is written in four files, and in those with texts: %s", (setting, others) => {
  expect(findMentions(setting)).toEqual([...everySetting, ...others].toSorted());
});

test("a setting either has a wire name or says who decides it, and no two settings share a name", () => {
  for (const name of settingNames) {
    const { wire, decidedBy } = settingOf(name);
    expect([wire, decidedBy].filter(Boolean), name).toHaveLength(1);
  }
  const wireNames = settingNames.map((name) => settingOf(name).wire).filter((wire) => wire !== undefined);
  // Whether a client is public follows from its authentication method.
  expect(wireNames).toHaveLength(new Set(wireNames).size + 1);
  expect(clientSettings.clientType.wire).toBe(clientSettings.tokenEndpointAuthMethod.wire);
});

test("each optional setting has a default that its own rules accept", () => {
  const required = { name: "web-app", clientType: "confidential", grantTypes: ["client_credentials"] } as const;
  const fields = applicationSchema({ allowHttp: false }).parse({ ...required, redirectUris: [], allowedScopes: [] });
  const kept = settingNames.filter((name) => settingOf(name).required === "or_kept");
  expect(Object.keys(fields).toSorted()).toEqual(settingNames.filter((name) => !kept.includes(name)).toSorted());
});
