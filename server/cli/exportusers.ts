import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { inPlainWords, readCommandLine } from "./command-options";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run --silent exportusers [-- options] > FILE

Writes all users to standard output, in a form that importusers reads.

  --format FORMAT        csv (default) or json
  --hashes               with the hashes of their passwords
  --output FILE          write a new file instead, which only its owner can read
  --help                 print this help`;

const options = {
  format: { type: "string" },
  hashes: { type: "boolean" },
  output: { type: "string" },
} as const;

export const main = (args: string[]) =>
  runCommand(async () => {
    const { values } = readCommandLine(args, { usage, options });
    if (values.help) {
      console.log(usage);
      return;
    }
    const { format = "csv", hashes = false, output } = values;
    if (format !== "csv" && format !== "json") {
      throw new UserError(`The format must be "csv" or "json", not "${format}".`);
    }
    await withDatabase(() =>
      inPlainWords(async () => {
        const { systemContext } = await import("@/lib/services/context");
        const { exportAllUsers } = await import("@/lib/services/users/transfer/export-users");
        const { writeUserFile } = await import("@/lib/services/users/transfer/write-user-file");
        const { listAttributes } = await import("@/lib/services/attributes/list-attributes");
        const attributes = (await listAttributes(systemContext())).map(({ name }) => name);
        const pages = exportAllUsers(systemContext(), hashes);
        const parts = Readable.from(writeUserFile(pages, { format, hashes, attributes }));
        if (output === undefined) await pipeline(parts, process.stdout, { end: false });
        else await write(parts, output);
      }),
    );
  });

async function write(parts: Readable, file: string): Promise<void> {
  try {
    await pipeline(parts, createWriteStream(file, { flags: "wx", mode: 0o600 }));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new UserError(code === "EEXIST" ? `${file} exists already.` : `The file can't be written: ${message}`);
  }
}
