import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Files that differ from where this branch left `base`, and uncommitted ones. */
export function listChangedFiles(base: string): string[] {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).split("\n").filter(Boolean);
  const [start = base] = git("merge-base", base, "HEAD");
  const changed = [...git("diff", "--name-only", start), ...git("ls-files", "--others", "--exclude-standard")];
  // A deleted spec can't run.
  return [...new Set(changed)].filter((file) => !file.endsWith(".spec.ts") || existsSync(file)).sort();
}

/** The pages that the specs of a folder visit. A change to any other page or component affects them all. */
const walkedBy: [folder: string, pages: RegExp][] = [
  ["e2e/account", /^app\/account\//],
  ["e2e/admin", /^app\/(?:admin|o\/\(portal\)\/(?:apis|scopes|signing-keys|registration-tokens))\//],
  ["e2e/applications", /^app\/o\/\(portal\)\/(?:applications|authorized_tokens)\//],
  ["e2e/auth", /^app\/(?:\(auth\)|theme)\//],
  ["e2e/languages", /^messages\/(?!en\/)/],
];

const settings =
  /^(?:package(?:-lock)?\.json|[a-z]+\.config\.[a-z]+|tsconfig\.json|prisma\/.*|proxy\.ts|instrumentation\.ts)$/;
const product = /^(?:app|components|lib|messages|public|server)\//;
const unitTest = /\.test\.tsx?$/;

/**
 * The arguments with which each stage runs only what a change affects; a stage that isn't in the map doesn't run. Unit,
 * contract and HTTP tests are selected by their imports. HTTP tests don't import routes, so changing one affects all of
 * them; specs are selected by `walkedBy`.
 */
export function selectByChange(files: readonly string[], base: string): Map<string, string[]> {
  const selection = new Map<string, string[]>();
  const source = files.filter((file) => !/\.(?:md|svg|png)$/.test(file));
  // Some unit tests read the pages of docs, and the messages.
  if (files.some((file) => file.endsWith(".md") || file.startsWith("messages/"))) selection.set("unit", []);
  if (source.length === 0) return selection;
  const byImports = [`--changed=${base}`, "--passWithNoTests"];
  for (const stage of ["lint", "types", "unused"]) selection.set(stage, []);
  for (const stage of ["unit", "contract"]) if (!selection.has(stage)) selection.set(stage, byImports);

  const running = source.filter((file) => (product.test(file) || settings.test(file)) && !unitTest.test(file));
  const isUnderneath = (file: string) => /^(?:app\/.*route\.ts|lib\/http\/|server\/)/.test(file) || settings.test(file);
  if (running.some(isUnderneath)) selection.set("http", []);
  else if (running.length > 0 || source.some((file) => /^e2e\/(?:http|support)\//.test(file))) {
    selection.set("http", byImports);
  }

  const specs = selectSpecs(source, running);
  if (specs) selection.set("e2e", specs);
  if (selection.has("http") || specs) selection.set("build", []);
  return selection;
}

/** Null: none. An empty list: all. */
function selectSpecs(source: readonly string[], running: readonly string[]): string[] | null {
  const walked = running.map((file) => walkedBy.filter(([, pages]) => pages.test(file)).map(([folder]) => folder));
  const concernsAll =
    source.some((file) => /^e2e\/support\//.test(file)) ||
    running.some(
      (file, index) =>
        walked[index]?.length === 0 && (/^(?:app|components|messages)\//.test(file) || settings.test(file)),
    );
  if (concernsAll) return [];
  const own = source.filter((file) => /^e2e\/(?!http\/|system\/)/.test(file));
  // Steps are shared by the specs beside them.
  const beside = own.map((file) => (file.endsWith(".spec.ts") ? file : file.slice(0, file.lastIndexOf("/"))));
  const specs = [...new Set([...beside, ...walked.flat()])];
  return specs.length > 0 ? specs : null;
}
