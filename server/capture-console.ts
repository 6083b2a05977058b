import { format, stripVTControlCharacters } from "node:util";
import { logBounded } from "@/lib/limits/bounded-log";
import { log } from "@/lib/log";

const levels = { error: "error", warn: "warn", log: "info", info: "info", debug: "debug", trace: "debug" } as const;

/** Characters of one line of the console. */
const longestLine = 1000;

/**
 * From now on what Next.js and other libraries print, and Node.js's own warnings, are lines of the JSON log like
 * everything else: a program that reads the log finds nothing between them that it can't parse. Requests can cause such
 * lines, so their number is bounded.
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
