import { describe, expect, it } from "vitest";
import { parseTheme } from "./theme";

describe("parseTheme", () => {
  it.each([
    ["dark", "dark"],
    ["light", "light"],
    ["system", "system"],
    [undefined, "system"],
    ['"><script>', "system"],
  ])("reads %j as %s", (value, theme) => expect(parseTheme(value)).toBe(theme));
});
