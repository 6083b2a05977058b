import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

/**
 * Environment variables under which a program sees its machine's clock `offset` ("+90s", "-1h") from the true time. The
 * monotonic clock is unaffected, as if someone had set the other one wrong.
 */
export function wrongClock(offset: string): Record<string, string> {
  // The location of its library depends on the system; the program itself would stay between a process and its signals.
  const printed = execFileSync("faketime", ["-f", offset, "env"], { encoding: "utf8" });
  const preload = /^LD_PRELOAD=(.*)$/m.exec(printed)?.[1] ?? "";
  return { LD_PRELOAD: preload, FAKETIME: offset, DONT_FAKE_MONOTONIC: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}

/** The same with a file, so that the clock can be set while the program runs. */
export function settableClock(file: string): { variables: Record<string, string>; set: (offset: string) => void } {
  const set = (offset: string) => writeFileSync(file, offset);
  set("+0s");
  const { FAKETIME: _, ...variables } = wrongClock("+0s");
  return { variables: { ...variables, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1" }, set };
}
