import { expect, test } from "vitest";
import { z } from "zod";
import { inEnglish } from "@/lib/messages/english-problems";
import { findFormErrors, toFormErrors } from "./form-errors";

test("the fields of a form are named in snake_case; several messages are separate lines", () => {
  expect(toFormErrors({ name: ["Enter a name."], accessTokenLifetime: ["One.", "Two."] })).toEqual({
    name: { type: "rules", message: "Enter a name." },
    access_token_lifetime: { type: "rules", message: "One.\nTwo." },
  });
});

test("what the schema accepts has no errors, what it rejects has its messages", () => {
  const schema = z.object({ tokenFormat: z.enum(["opaque"], { error: "Choose." }) });
  expect(findFormErrors(schema, { tokenFormat: "opaque" }, inEnglish)).toEqual({});
  expect(findFormErrors(schema, {}, inEnglish)).toEqual({ token_format: { type: "rules", message: "Choose." } });
});

test("other errors are not mistaken for invalid input", () => {
  const broken = z.string().transform(() => {
    throw new TypeError("broken");
  });
  expect(() => findFormErrors(broken, "x", inEnglish)).toThrow(TypeError);
});
