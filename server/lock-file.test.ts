import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface LockedPackage {
  link?: boolean;
  /** Included in another package's archive, whose hash covers it. */
  inBundle?: boolean;
  integrity?: string;
}

test("every package of the lock file has a hash, those of other platforms too", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, LockedPackage>;
  };
  const fetched = Object.entries(packages).filter(([path, { link, inBundle }]) => path !== "" && !link && !inBundle);
  expect(fetched.length).toBeGreaterThan(400);
  const without = fetched.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""));
  expect(without.map(([path]) => path)).toEqual([]);
});
