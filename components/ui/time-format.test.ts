import { describe, expect, it } from "vitest";
import { formatAbsolute, formatRelative } from "./time-format";

const now = new Date("2026-11-23T18:19:30Z");
const minutes = 60;
const hours = 60 * minutes;
const days = 24 * hours;

describe("formatRelative", () => {
  it.each([
    [0, "just now"],
    [-44, "just now"],
    [20, "just now"],
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
    expect(formatRelative(new Date(now.getTime() + seconds * 1000), now)).toBe(text);
  });
});

describe("formatAbsolute", () => {
  it("names the zone", () => expect(formatAbsolute(now)).toBe("23 Nov 2026, 18:19 UTC"));
});
