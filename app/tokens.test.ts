import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canvasColors } from "@/components/layout/theme";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const icon = readFileSync(new URL("./icon.svg", import.meta.url), "utf8");

type Scheme = "light" | "dark";

function readColor(token: string, scheme: Scheme): string {
  const match = new RegExp(`--${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\);`).exec(css);
  const color = match?.[scheme === "light" ? 1 : 2];
  if (!color) throw new Error(`tokens.css has no colour --${token}`);
  return color;
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["canvas", "surface", "sunken", "hover", "control", "control-hover"];
const tones = ["accent", "danger", "success", "warning", "info"];

const textPairs = [
  ...["text", "text-muted", "accent-text", "danger-text"].flatMap((text) => grounds.map((ground) => [text, ground])),
  ...tones.flatMap((tone) => ["text", "text-muted", `${tone}-text`].map((text) => [text, `${tone}-soft`])),
  ...["accent", "accent-hover"].map((ground) => ["on-accent", ground]),
  ...["danger", "danger-hover"].map((ground) => ["on-danger", ground]),
];
const shapePairs = ["line-strong", "focus", "accent"].flatMap((shape) =>
  ["canvas", "surface", "sunken"].map((ground) => [shape, ground]),
);

describe.each<Scheme>(["light", "dark"])("colours, %s", (scheme) => {
  it.each(textPairs)("%s on %s can be read (WCAG 1.4.3)", (text, ground) => {
    expect(contrast(readColor(text, scheme), readColor(ground, scheme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapePairs)("%s on %s can be seen (WCAG 1.4.11)", (shape, ground) => {
    expect(contrast(readColor(shape, scheme), readColor(ground, scheme))).toBeGreaterThanOrEqual(3);
  });

  it("are the ones that the browser's frame and the icon use", () => {
    expect(canvasColors[scheme]).toBe(readColor("canvas", scheme));
    expect(icon).toContain(`fill: ${readColor("accent", scheme)}`);
  });
});
