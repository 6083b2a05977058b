import { expect, test } from "vitest";
import { applyRowCommand, changeRows, rowCommandName, toRowCommand } from "./row-command";

test.each([
  ["up", 1, ["b", "a", "c"]],
  ["down", 1, ["a", "c", "b"]],
  ["remove", 1, ["a", "c"]],
  ["add", 1, ["a", "b", "c"]],
  ["up", 0, ["a", "b", "c"]],
  ["down", 2, ["a", "b", "c"]],
  ["up", 9, ["a", "b", "c"]],
  ["remove", Number.NaN, ["a", "b", "c"]],
] as const)("%s, row %d", (change, index, expected) => {
  expect(changeRows(["a", "b", "c"], change, index)).toEqual(expected);
});

test("a form that such a button sent comes back with everything typed", () => {
  const typed = { uris: ["a", "b", ""], name: ["x"] };
  const send = (command: string) => applyRowCommand({ ...typed, [rowCommandName]: [command] });
  expect(applyRowCommand(typed)).toBeNull();
  expect(send(toRowCommand("uris", "up", 1))).toEqual({ uris: ["b", "a", ""], name: ["x"] });
  expect(send(toRowCommand("uris", "add", 0))).toEqual(typed);
  for (const other of ["", "uris", "uris explode 1", "__proto__ up 1", "missing up 1"]) {
    expect(send(other), other).toEqual(typed);
  }
});
