import type { QuickStartFacts } from "./facts";

export interface QuickStartFile {
  /** Relative to the folder of the program. */
  path: string;
  code: string;
}

/** A program that works with the application as it is registered: files as they are saved, and how they are run. */
export interface QuickStart {
  files: QuickStartFile[];
  /** For a POSIX shell, in the folder of the files. Secrets are environment variables. */
  commands: string[];
  /** Where a browser begins; null if nothing listens. */
  open: string | null;
  /** The redirect URI that the program uses; null if it uses none. */
  redirectUri: string | null;
}

/** Writes one; null if the library can't do what the application requires. */
export type WriteQuickStart = (facts: QuickStartFacts) => QuickStart | null;

/** JSON, which JavaScript, Python, Go, Java, C#, Kotlin and Swift read as a string, too. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** Lines without those that don't apply. */
export function lines(...all: readonly (string | false | null)[]): string {
  return `${all.filter((line) => line !== false && line !== null).join("\n")}\n`;
}

/** Paths of a small site that don't collide with where users come back to. */
export function sitePaths({ callbackPath }: QuickStartFacts): { home: string; login: string } {
  return {
    home: callbackPath === "/" ? "/home" : "/",
    login: callbackPath === "/login" ? "/sign-in" : "/login",
  };
}

export function exportSecrets(facts: QuickStartFacts, ...others: readonly string[]): string[] {
  return [
    ...(facts.isPublic ? [] : ["export CLIENT_SECRET=…"]),
    ...others.map((name) => `export ${name}=$(openssl rand -hex 32)`),
  ];
}

export function packageJson(scripts: Record<string, string>, dependencies: Record<string, string>): QuickStartFile {
  const content = { private: true, type: "module", scripts, dependencies };
  return { path: "package.json", code: `${JSON.stringify(content, null, 2)}\n` };
}
