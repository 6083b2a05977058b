import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const modules = import.meta.glob<Record<string, unknown>>(["./*/**/*.ts", "!./**/*.test.ts", "!./**/testing/**"], {
  eager: true,
});

/** Every exported schema of an object: what a use case is sent. */
const inputs = Object.values(modules)
  .flatMap((exports) => Object.entries(exports))
  .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodObject);

test.each(inputs)("%s says by its shape what is sent, as JSON Schema has it", (_name, schema) => {
  const { type, properties = {} } = z.toJSONSchema(schema, { io: "input" });
  expect(type).toBe("object");
  const silent = Object.entries(properties).filter(([, member]) => Object.keys(Object(member)).length === 0);
  expect(silent).toEqual([]);
});

test("an application's settings are sent without any step that a description of the API couldn't show", () => {
  const applicationInput = inputs.find(([name]) => name === "applicationInput")?.[1];
  expect(applicationInput).toBeDefined();
  expect(() => z.toJSONSchema(applicationInput ?? z.never(), { io: "output" })).not.toThrow();
});

test("what is parsed is exported, so that the rule above sees it", () => {
  const names = new Set(inputs.map(([name]) => name));
  for (const file of Object.keys(modules)) {
    const text = readFileSync(`lib/services/${file.slice(2)}`, "utf8");
    const parsed = [...text.matchAll(/parseInput\(\s*(\w+)(?=,)/g)].map((match) => match[1] ?? "");
    expect(
      parsed.filter((name) => !names.has(name)),
      file,
    ).toEqual([]);
  }
});
