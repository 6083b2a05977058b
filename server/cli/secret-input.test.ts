import { expect, test } from "vitest";
import { dropLineEnd, readSecret } from "./secret-input";

test.each([
  ["as it is", "as it is"],
  ["from echo\n", "from echo"],
  ["from Windows\r\n", "from Windows"],
  ["two, of which one is left\n\n", "two, of which one is left\n"],
  [" spaces count \n", " spaces count "],
  ["\nin front", "\nin front"],
])("of the line ends of %j one is dropped", (given, expected) => {
  expect(dropLineEnd(given)).toBe(expected);
});

test("the command line takes precedence over the environment, and an empty value is not a secret", async () => {
  const source = { variable: "SECRET_INPUT_TEST", question: "" };
  process.env.SECRET_INPUT_TEST = "from the environment\n";
  expect(await readSecret("given", source)).toBe("given");
  expect(await readSecret(undefined, source)).toBe("from the environment");
  process.env.SECRET_INPUT_TEST = "\n";
  expect(await readSecret(undefined, source)).toBeUndefined();
  delete process.env.SECRET_INPUT_TEST;
  expect(await readSecret(undefined, source)).toBeUndefined();
});
