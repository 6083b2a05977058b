import { describe, expect, test } from "vitest";
import { olderThan, rowsForPage, toPage } from "./page";

const rows = Array.from({ length: rowsForPage }, (_, index) => ({ id: `row ${index + 1}` }));
const name = ({ id }: { id: string }) => id;

describe("a page of a list", () => {
  test("is the last one if no row follows", () => {
    const all = rows.slice(0, -1);
    expect(toPage(all, name)).toEqual({ page: all, next: null });
    expect(toPage([], name)).toEqual({ page: [], next: null });
  });

  test("leaves the following row to the next page", () => {
    const { page, next } = toPage(rows, name);
    expect(page).toEqual(rows.slice(0, -1));
    expect(next).toBe(page.at(-1)?.id);
  });

  test("begins after an ID, and at the first row without one", () => {
    const id = "01890000-0000-7000-8000-000000000000";
    expect(olderThan(id)).toEqual({ id: { lt: id } });
    expect([undefined, "", "1", `${id}0`].map(olderThan)).toEqual([{}, {}, {}, {}]);
  });
});
