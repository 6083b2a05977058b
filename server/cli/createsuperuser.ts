import { parseArgs } from "node:util";
import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { createPrompter, type Prompter } from "./prompter";
import { dropLineEnd } from "./secret-input";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run createsuperuser [-- --username NAME --email ADDRESS [--noinput]]

Creates an administrator. Asks for missing values; with --noinput it asks nothing and takes the password from the
environment variable SUPERUSER_PASSWORD, without a line break at its end.`;

interface Answers {
  username: string;
  email: string;
  password: string;
}

/** Messages by field, empty if the administrator was created. */
type FieldErrors = Readonly<Record<string, string[]>>;

export const main = (args: string[]) =>
  runCommand(async () => {
    const options = readOptions(args);
    if (options.help) {
      console.log(usage);
      return;
    }
    await withDatabase(async () => {
      if (options.noinput) await createFromOptions(options);
      else await createInteractively(options);
    });
    console.log("Superuser created successfully.");
  });

function readOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        username: { type: "string" },
        email: { type: "string" },
        noinput: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${usage}`);
  }
}

async function createFromOptions(options: { username?: string; email?: string }) {
  const { username, email } = options;
  const password = dropLineEnd(process.env.SUPERUSER_PASSWORD ?? "");
  if (!username || !email || !password) {
    throw new UserError("--noinput needs --username, --email and the password in the variable SUPERUSER_PASSWORD.");
  }
  const errors = await create({ username, email, password });
  if (errors) throw new UserError(describe(errors));
}

async function createInteractively(given: { username?: string; email?: string }) {
  const prompter = createPrompter();
  try {
    let { username, email } = given;
    let password: string | undefined;
    for (;;) {
      username ??= await prompter.ask("Username: ");
      email ??= await prompter.ask("Email address: ");
      password ??= await askPassword(prompter);
      const errors = await create({ username, email, password });
      if (!errors) return;
      console.error(describe(errors));
      if (errors.username) username = undefined;
      if (errors.email) email = undefined;
      if (errors.password) password = undefined;
    }
  } finally {
    prompter.close();
  }
}

async function askPassword(prompter: Prompter): Promise<string> {
  for (;;) {
    const password = await prompter.ask("Password: ", { hidden: true });
    const again = await prompter.ask("Password (again): ", { hidden: true });
    if (password === again) return password;
    console.error("Error: Your passwords didn't match.");
  }
}

async function create(answers: Answers): Promise<FieldErrors | null> {
  const { createAdministrator } = await import("@/lib/services/users/create-administrator");
  const { systemContext } = await import("@/lib/services/context");
  const { ServiceError } = await import("@/lib/services/errors");
  try {
    await createAdministrator(systemContext(), answers);
    return null;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const fields = Object.keys(answers);
    const isAboutAnswers = Object.keys(error.fieldErrors).some((field) => fields.includes(field));
    if (!isAboutAnswers) throw new UserError(error.message);
    return error.fieldErrors;
  }
}

function describe(errors: FieldErrors) {
  return Object.values(errors)
    .flat()
    .map((message) => `Error: ${message}`)
    .join("\n");
}
