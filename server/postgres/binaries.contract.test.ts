import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { findPostgresBinaries, withShellSafeInitdb } from "./binaries";

test("initdb finds its programs in a checkout whose path contains shell syntax", async () => {
  const checkout = mkdtempSync(path.join(tmpdir(), "latchkey $HOME`id`\"'"));
  try {
    cpSync(path.resolve(findPostgresBinaries().initdb, "../.."), checkout, { recursive: true, verbatimSymlinks: true });
    const printed = await withShellSafeInitdb(path.join(checkout, "bin", "initdb"), async (initdb) =>
      execFileSync(initdb, ["--version"], { encoding: "utf8" }),
    );
    expect(printed).toMatch(/^initdb \(PostgreSQL\) 18/);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
});
