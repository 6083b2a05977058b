import { expect, test } from "vitest";
import { readCursor, toCursor } from "./cursor";

const id = "01890000-0000-7000-8000-000000000000";

test("a place is read as it was written, in its own order", () => {
  const place = { value: "müller 张", id };
  const cursor = toCursor("-name", place);
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(readCursor(cursor, "-name", { kind: "text" })).toEqual(place);
  expect(readCursor(cursor, "name", { kind: "text" })).toBeNull();
});

test.each([
  ["nothing", undefined],
  ["an empty text", ""],
  ["what isn't JSON", "%%%"],
  ["another shape", Buffer.from('{"0":"name"}').toString("base64url")],
  ["a value that isn't text", Buffer.from(JSON.stringify(["name", 1, id])).toString("base64url")],
  ["a value that PostgreSQL can't take", toCursor("name", { value: "\0", id })],
  ["what isn't an id", toCursor("name", { value: "a", id: "1" })],
])("%s begins at the first row", (_what, cursor) => {
  expect(readCursor(cursor, "name", { kind: "text" })).toBeNull();
});

test("a moment has to be one", () => {
  const value = "2026-11-27T00:00:00.000Z";
  expect(readCursor(toCursor("created", { value, id }), "created", { kind: "moment" })).toEqual({ value, id });
  expect(readCursor(toCursor("created", { value: "infinity", id }), "created", { kind: "moment" })).toBeNull();
  expect(readCursor(toCursor("created", { value: "2026", id }), "created", { kind: "moment" })).toBeNull();
});

test("an id that is text is any that PostgreSQL can take", () => {
  const [place, order] = [{ value: "read", id: "read:photos" }, { kind: "text", idKind: "text" } as const];
  expect(readCursor(toCursor("name", place), "name", order)).toEqual(place);
  expect(readCursor(toCursor("name", { value: "read", id: "\0" }), "name", order)).toBeNull();
});
