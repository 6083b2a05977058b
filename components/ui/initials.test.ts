import { describe, expect, it } from "vitest";
import { toInitials } from "./initials";

describe("toInitials", () => {
  it.each([
    ["Ada Lovelace", "AL"],
    ["ada", "A"],
    ["Jean-Luc van der Berg", "JB"],
    ["web-app", "WA"],
    ["  łukasz   żak ", "ŁŻ"],
    ["王小明", "王"],
    ["𝒜da 2", "𝒜2"],
    ["user@example.com", "UC"],
    ["***", "?"],
    ["", "?"],
  ])("%j is %s", (name, initials) => expect(toInitials(name)).toBe(initials));
});
