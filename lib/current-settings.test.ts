import { expect, test } from "vitest";

const sources = import.meta.glob<string>(
  ["./**/*.{ts,tsx}", "../server/**/*.ts", "../app/**/*.{ts,tsx}", "../*.ts", "!**/*.test.ts", "!**/testing/**"],
  { query: "?raw", import: "default", eager: true },
);

/** Settings that a module keeps would stay what they were when it was loaded. */
const kept = /^(?:export )?(?:const|let) (?!.*=>).*\b(?:currentSettings|oauthServer|systemContext)\(\)/m;

test("no module keeps settings: administrators change them while the server runs", () => {
  expect(Object.keys(sources).length).toBeGreaterThan(500);
  expect(Object.entries(sources).flatMap(([file, text]) => (kept.test(text) ? [file] : []))).toEqual([]);
});
