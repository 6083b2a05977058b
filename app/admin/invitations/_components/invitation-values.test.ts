import { expect, test } from "vitest";
import { readInvitationValues, toInvitationInput } from "./invitation-values";

const read = (emails: string) =>
  toInvitationInput(readInvitationValues((name) => [{ emails, expires_in_days: "7" }[name] ?? ""])).emails;

test.each([
  ["a@x.example", ["a@x.example"]],
  ["a@x.example\r\nb@x.example\n", ["a@x.example", "b@x.example"]],
  ["a@x.example, b@x.example; c@x.example d@x.example", ["a@x.example", "b@x.example", "c@x.example", "d@x.example"]],
  ["Ada Lovelace <ada@x.example>, <b@x.example>", ["ada@x.example", "b@x.example"]],
  ["not an address", ["not", "an", "address"]],
  [" \n", []],
])("%j is read as addresses", (text, addresses) => {
  expect(read(text)).toEqual(addresses);
});
