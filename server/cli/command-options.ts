import { parseArgs } from "node:util";
import { UserError } from "../user-error";

interface OptionTypes {
  [name: string]: { type: "boolean" | "string"; short?: string };
}

type Values<Options extends OptionTypes> = {
  [Name in keyof Options]?: Options[Name]["type"] extends "boolean" ? boolean : string;
};

/**
 * The options of a command, and what follows them: as many values as `names` has names.
 * @throws UserError with the usage
 */
export function readCommandLine<const Options extends OptionTypes>(
  args: string[],
  { usage, options, names = [] }: { usage: string; options: Options; names?: readonly string[] },
): { values: Values<Options> & { help?: boolean }; names: string[] } {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    const all = { ...options, help: { type: "boolean" as const, short: "h" } };
    parsed = parseArgs({ args, options: all, allowPositionals: names.length > 0 });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${usage}`);
  }
  const values = parsed.values as Values<Options> & { help?: boolean };
  if (!values.help && parsed.positionals.length !== names.length) throw new UserError(usage);
  return { values, names: parsed.positionals };
}

/** What a use case has refused, in its own words. */
export async function inPlainWords<T>(work: () => Promise<T>): Promise<T> {
  const { ServiceError } = await import("@/lib/services/errors");
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServiceError) throw new UserError(`Error: ${error.message}`);
    throw error;
  }
}

/** The user whom the command line names. */
export async function findNamedUser(name: string): Promise<{ id: string; username: string }> {
  const { findUserByName } = await import("@/lib/services/users/find-user-by-name");
  const { systemContext } = await import("@/lib/services/context");
  const { NotFoundError } = await import("@/lib/services/errors");
  return findUserByName(systemContext(), { name }).catch((error) => {
    throw error instanceof NotFoundError ? new UserError(`Error: There is no user ${name}.`) : error;
  });
}
