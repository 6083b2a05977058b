import { expect, test } from "vitest";
import { ValidationError } from "./errors";
import { mapUniqueViolation } from "./map-unique-violation";

const refuse = mapUniqueViolation("name", "It is taken.");

test("an existing name is a validation error of a field", async () => {
  const violation = Object.assign(new Error("unique constraint"), { code: "P2002" });
  const refused = Promise.reject(violation).catch(refuse);
  await expect(refused).rejects.toEqual(new ValidationError({ name: ["It is taken."] }));
  await expect(refused).rejects.toHaveProperty("fieldErrors", { name: ["It is taken."] });
});

test.each([
  ["another error of the database", Object.assign(new Error("no such row"), { code: "P2025" })],
  ["an error without a code", new Error("boom")],
])("%s stays what it is", async (_name, error) => {
  await expect(Promise.reject(error).catch(refuse)).rejects.toBe(error);
});
