import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en } from "@/messages/en";
import { describeScope } from "./describe-scope";

const migrations = readdirSync("prisma/migrations", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => readFileSync(`prisma/migrations/${name}/migration.sql`, "utf8"))
  .join("\n");

test.each(Object.entries(en.claims.scopes))(
  "the database is created with the English description of %s",
  (name, text) => {
    expect(migrations).toContain(`('${name}', '${text}',`);
  },
);

test("the description that a scope was created with is shown in the reader's language", () => {
  const { description } = describeScope({ name: "openid", description: en.claims.scopes.openid }, "ar-XB");
  expect(description).not.toBe(en.claims.scopes.openid);
});

test.each([
  ["openid", "Know your name"],
  ["photos", "See your photos"],
  ["constructor", "See your information"],
])("what an administrator wrote of %s stays as it is", (name, description) => {
  expect(describeScope({ name, description }, "ar-XB").description).toBe(description);
});
