import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "@playwright/test";

declare const axe: typeof import("axe-core");

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 AA. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/**
 * axe's findings on a page, one line per rule. Without axe's own wrapper for Playwright: that loads axe again for each
 * check of a page and also returns the passes, at twice the cost, and its loading times out after a second.
 */
export async function findViolations(page: Page): Promise<string[]> {
  for (const frame of page.frames()) await loadAxe(frame);
  const violations = await page.evaluate(async (values) => {
    const results = await axe.run(document, { resultTypes: ["violations"], runOnly: values });
    return results.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html) }));
  }, tags);
  return violations.map(({ id, help, nodes }) => `${id}: ${help} — ${nodes.join(" | ")}`);
}

async function loadAxe(frame: Frame): Promise<void> {
  if (!(await frame.evaluate(() => "axe" in window))) await frame.evaluate(source);
}
