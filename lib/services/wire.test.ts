import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { sampleOf } from "./testing/sample";
import { exported, files, verbs, wires } from "./testing/verbs";

const withoutWire: Record<string, string> = {
  accessibleApplications: "a condition for queries",
  admitSectorFetch: "a limit that registrations share",
  admitUpdate: "a limit that updates share",
  authorizeRegistration: "a step of registrations",
  checkCurrentPassword: "a step of use cases",
  checkSectorIdentifier: "a step of use cases",
  claimImport: "a step of use cases",
  cleanStorage: "a job, with a command of its own",
  completeSignIn: "a step of every sign-in",
  deleteClient: "RFC 7592 §2.3",
  authorizeTranslation: "a check of use cases",
  findStoredTest: "a step of use cases",
  findTranslated: "a step of use cases",
  insertImportedUsers: "a step of use cases",
  insertUser: "a step of use cases",
  permitFields: "a step of use cases",
  readClient: "RFC 7592 §2.1: lib/oauth/registration has its members",
  readMetadata: "a step of registrations",
  registerClient: "RFC 7591 §3: lib/oauth/registration has its members",
  requireRecentPassword: "a check of use cases",
  requireRegistration: "a check of use cases",
  toApplicationFields: "a step of registrations",
  updateClient: "RFC 7592 §2.2: lib/oauth/registration has its members",
  whereApplication: "a condition for queries",
};

const inputs = [...wires].flatMap(([name, { input }]): [string, z.ZodType][] => (input ? [[name, input]] : []));
const outputs = [...wires].flatMap(([name, { output }]): [string, z.ZodType][] => (output ? [[name, output]] : []));

/** Every object and value in a schema, as JSON Schema has it. */
function listParts(part: unknown): Record<string, unknown>[] {
  if (typeof part !== "object" || part === null) return [];
  return [part as Record<string, unknown>, ...Object.values(part).flatMap(listParts)];
}

/** What a schema does besides describing a shape: a JSON Schema made from it would miss that. */
function listHiddenSteps(schema: z.ZodType): string[] {
  const steps: string[] = [];
  z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema: { _zod } }) => {
      const { type, checks = [] } = _zod.def;
      if (["catch", "custom", "pipe", "prefault", "readonly", "transform"].includes(type)) steps.push(type);
      const names = checks.map((check) => check._zod.def.check);
      steps.push(...names.filter((name) => name === "custom" || name === "overwrite"));
    },
  });
  return steps;
}

test("every use case says what it is sent and what it answers", () => {
  const described = [...wires.keys(), ...Object.keys(withoutWire)];
  expect(described.toSorted()).toEqual([...verbs.keys()].toSorted());
});

describe.each([
  ...inputs.map(([name, schema]) => [`what ${name} is sent`, schema] as const),
  ...outputs.map(([name, schema]) => [`what ${name} answers`, schema] as const),
])("%s", (_name, schema) => {
  test("is described by its shape alone, as JSON Schema has it", () => {
    expect(listHiddenSteps(schema)).toEqual([]);
    for (const io of ["input", "output"] as const) {
      const { properties = {} } = z.toJSONSchema(schema, { io });
      const silent = Object.entries(properties).filter(([, member]) => Object.keys(Object(member)).length === 0);
      expect(silent).toEqual([]);
    }
  });

  test("is JSON, and parsed as it is", () => {
    const sample = sampleOf(z.toJSONSchema(schema));
    expect(schema.parse(sample)).toEqual(sample);
    expect(JSON.parse(JSON.stringify(sample))).toEqual(sample);
  });
});

/** Every exported schema of an object: what a use case parses. */
const parsed = exported.filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodObject);

test.each(parsed)("%s says by its shape what is sent, as JSON Schema has it", (_name, schema) => {
  const { type, properties = {} } = z.toJSONSchema(schema, { io: "input" });
  expect(type).toBe("object");
  const silent = Object.entries(properties).filter(([, member]) => Object.keys(Object(member)).length === 0);
  expect(silent).toEqual([]);
});

test("what is parsed is exported, so that the rule above sees it", () => {
  const names = new Set(parsed.map(([name]) => name));
  for (const file of files) {
    const text = readFileSync(`lib/services/${file.slice("../".length)}`, "utf8");
    const inFile = [...text.matchAll(/parseInput\(\s*(\w+)(?=,)/g)].map((match) => match[1] ?? "");
    expect(
      inFile.filter((name) => !names.has(name)),
      file,
    ).toEqual([]);
  }
});

test.each(outputs)("what %s answers has the members that are named, and no others", (_name, schema) => {
  const objects = listParts(z.toJSONSchema(schema)).filter(({ type, properties }) => type === "object" && properties);
  for (const object of objects) expect(object.additionalProperties).toBe(false);
});
