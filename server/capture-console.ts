import { format, stripVTControlCharacters } from "node:util";
import { logBounded } from "@/lib/limits/bounded-log";
import { log } from "@/lib/log";

const levels = { error: "error", warn: "warn", log: "info", info: "info", debug: "debug", trace: "debug" } as const;

/** Maximum characters of one console line. */
const longestLine = 1000;

/**
 * From now on, output of Next.js and other libraries and Node.js's own warnings become lines of the JSON log like
 * everything else, so that a program can parse every line of the log. Requests can cause such lines, so their number is
 * limited.
 */
export function captureConsole(): void {
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...values: unknown[]) => {
      const error = values.find((value) => value instanceof Error);
      const rest = values.filter((value) => value !== error);
      const text = stripVTControlCharacters(format(...rest)).trim();
      const line = text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
      logBounded(level, error ? { err: error } : {}, line, { network: null }, `console.${method}`);
    };
  }
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log().warn({ err: warning }, "warning of Node.js"));
}
