import { expect, test } from "vitest";
import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem } from "@/lib/messages/problem";
import { readUserFile, UnreadableFileError } from "./read-user-file";
import { writeUserFile } from "./write-user-file";

const ada = { username: "ada", email: "ada@a.example" };

test("CSV: columns by name in any order, flags in several spellings, groups by semicolons", () => {
  const text =
    "\uFEFFEmail;username;given_name;email_verified;disabled;groups\nada@a.example;ada;Ada;yes;0;Staff; Ops\n";
  expect(readUserFile(text.replace("Staff; Ops", '"Staff; Ops"'))).toEqual([
    { ...ada, givenName: "Ada", emailVerified: true, disabled: false, groups: ["Staff", "Ops"] },
  ]);
});

test("JSON: the same names, with lists and true or false; null is not set", () => {
  const text = JSON.stringify([
    { ...ada, given_name: null, email_verified: true, groups: ["A;b"], password_hash: "x" },
  ]);
  expect(readUserFile(text)).toEqual([{ ...ada, emailVerified: true, groups: ["A;b"], passwordHash: "x" }]);
});

test("a value of another kind is left out and named, and a missing one is empty", () => {
  expect(readUserFile("username,email\nada\n")).toEqual([{ username: "ada", email: "" }]);
  const hostile = { toString: 1 };
  const file = [
    { username: 7, email: hostile, name: ["a"], disabled: hostile, groups: [1], email_verified: "perhaps" },
  ];
  expect(readUserFile(JSON.stringify(file))).toEqual([
    {
      ...{ username: "", email: "" },
      unreadable: [
        { field: "username", expected: "text" },
        { field: "email", expected: "text" },
        { field: "name", expected: "text" },
        { field: "disabled", expected: "flag" },
        { field: "groups", expected: "list" },
        { field: "emailVerified", expected: "flag" },
      ],
    },
  ]);
  expect(readUserFile("username,email,disabled\nada,a@a.example,maybe\n")).toMatchObject([
    { username: "ada", unreadable: [{ field: "disabled" }] },
  ]);
});

test("text that can't be stored is left out and named", () => {
  const unreadable = [{ field: "name", expected: "storable" }];
  expect(readUserFile(JSON.stringify([{ ...ada, name: "a\u0000" }]))).toEqual([{ ...ada, unreadable }]);
  expect(readUserFile('[{"username": "ada", "email": "ada@a.example", "name": "\\udc00"}]')).toEqual([
    { ...ada, unreadable },
  ]);
});

test.each([
  ["nothing", "", /empty/],
  ["an open quotation mark", 'username,email\n"a', /never closed/],
  ["no username", "email,name\na@a.example,A", /no column username/],
  [
    "an unknown column",
    "username,email,password\na,a@a.example,secret",
    /Unknown columns: password\. There are: username/,
  ],
  ["JSON that ends too soon", '[{"username":', /not valid JSON/],
  ["a list of texts", '["ada"]', /list of objects/],
  ["an unknown member", '[{"username": "a", "is_staff": true}]', /Unknown columns: is_staff/],
])("%s is refused as a whole", (_what, text, message) => {
  expect(() => readUserFile(text)).toThrow(UnreadableFileError);
  const read = () => {
    try {
      return readUserFile(text);
    } catch (error) {
      throw new Error(describeProblem((error as Error).message, inEnglish));
    }
  };
  expect(read).toThrow(message);
});

const exported = {
  ...ada,
  ...{ emailVerified: true, phoneNumberVerified: false, disabled: false, subject: "u-1" },
  ...{ name: '=HYPERLINK("http://evil.example")', givenName: null, middleName: null, familyName: "O'Brien, jr." },
  ...{ nickname: null, gender: null, birthdate: null, profileUrl: null, pictureUrl: null, websiteUrl: null },
  ...{ locale: "en-GB", zoneinfo: null, phoneNumber: "+442079460018", streetAddress: "1 High St\nFlat 2" },
  ...{ postalCode: null, locality: null, region: null, country: null },
  ...{ groups: ["Staff", "a;b"], passwordHash: "$2b$10$abc", attributes: { City: "-Oslo, Norge" } },
};

async function write(format: "csv" | "json", hashes: boolean): Promise<string> {
  let text = "";
  async function* pages() {
    yield [exported];
  }
  for await (const part of writeUserFile(pages(), { format, hashes, attributes: ["City", "Not set"] })) text += part;
  return text;
}

test.each(["csv", "json"] as const)("%s: what is written is read the same", async (format) => {
  const set = Object.fromEntries(Object.entries(exported).filter(([, value]) => value !== null));
  const [read] = readUserFile(await write(format, true));
  expect(Object.fromEntries(Object.entries(read ?? {}).filter(([, value]) => value !== ""))).toEqual(set);
});

test.each(["csv", "json"] as const)("%s: without hashes there is no place for them", async (format) => {
  const text = await write(format, false);
  expect(text).not.toMatch(/password_hash|\$2b\$/);
});

test("no users are a header alone, or an empty list", async () => {
  async function* none() {}
  const texts = [];
  for (const format of ["csv", "json"] as const) {
    let text = "";
    for await (const part of writeUserFile(none(), { format, hashes: false, attributes: [] })) text += part;
    texts.push(text);
  }
  expect(texts).toEqual([expect.stringMatching(/^username,email,.*\r\n$/), "[]\n"]);
});

test("attributes have a column each, whose cells are text, and members of any type", () => {
  const [fromCsv] = readUserFile("username,email,Attributes.Employee number,attributes.Tags\nada,a@a.example,7,\n");
  expect(fromCsv?.attributes).toEqual({ "Employee number": "7" });
  const values = { "attributes.Tags": ["a;b"], "attributes.Remote": false, "attributes.Odd": { a: 1 } };
  expect(readUserFile(JSON.stringify([{ ...ada, ...values }]))).toEqual([
    {
      ...ada,
      attributes: { Tags: ["a;b"], Remote: false },
      unreadable: [{ field: "attributes.Odd", expected: "text" }],
    },
  ]);
});
