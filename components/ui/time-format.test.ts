import { describe, expect, it, test } from "vitest";
import { formatAbsolute, formatRelative } from "./time-format";

const now = new Date("2026-11-23T18:19:30Z");
const minutes = 60;
const hours = 60 * minutes;
const days = 24 * hours;

describe("formatRelative", () => {
  it.each([
    [0, null],
    [-44, null],
    [20, null],
    [-45, "1 minute ago"],
    [-90, "2 minutes ago"],
    [5 * minutes, "in 5 minutes"],
    [-59 * minutes, "59 minutes ago"],
    [-59.7 * minutes, "1 hour ago"],
    [-10 * hours, "10 hours ago"],
    [-23.8 * hours, "1 day ago"],
    [-1 * days, "1 day ago"],
    [3 * days, "in 3 days"],
    [-29 * days, "29 days ago"],
    [-30 * days, "24 Oct 2026"],
    [365 * days, "23 Nov 2027"],
  ])("%d seconds away is %s", (seconds, text) => {
    expect(formatRelative(new Date(now.getTime() + seconds * 1000), now, "en")).toBe(text);
  });
});

test("in other languages by their own rules", () => {
  const hours10 = new Date(now.getTime() - 10 * hours * 1000);
  expect(formatRelative(hours10, now, "de")).toBe("vor 10 Stunden");
  expect(formatRelative(hours10, now, "ja")).toBe("10 時間前");
  expect(formatAbsolute(now, "de")).toBe("23.11.2026, 18:19");
});

describe("formatAbsolute", () => {
  it("is to the minute, in UTC", () => expect(formatAbsolute(now, "en")).toBe("23 Nov 2026, 18:19"));
});
