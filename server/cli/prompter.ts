import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { UserError } from "../user-error";

/** Asks questions in a terminal, or reads the answers line by line from a pipe. */
export interface Prompter {
  ask(question: string, options?: { hidden?: boolean }): Promise<string>;
  close(): void;
}

export function createPrompter(input = process.stdin, output = process.stdout): Prompter {
  let isHidden = false;
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) output.write(chunk);
      done();
    },
  });
  const terminal = input.isTTY === true;
  const lines = createInterface({ input, output: echo, terminal });

  // Lines from a pipe can arrive before their questions; they are kept.
  const unread: string[] = [];
  let waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | null = null;
  let isClosed = false;
  const cancel = () => waiting?.reject(new UserError("\nCancelled."));
  lines.on("line", (line) => {
    if (waiting) waiting.resolve(line);
    else unread.push(line);
    // The waiting code runs later, and a second line may arrive before that.
    waiting = null;
  });
  lines.on("SIGINT", cancel);
  lines.on("close", () => {
    isClosed = true;
    cancel();
  });

  return {
    async ask(question, { hidden = false } = {}) {
      // Set as the line editor's prompt, because the editor redraws the line together with its prompt.
      lines.setPrompt(question);
      lines.prompt();
      isHidden = hidden && terminal;
      try {
        return await new Promise<string>((resolve, reject) => {
          const line = unread.shift();
          if (line !== undefined) resolve(line);
          else if (isClosed) reject(new UserError("\nCancelled: the input ended before all questions were answered."));
          else waiting = { resolve, reject };
        });
      } finally {
        isHidden = false;
        if (hidden || !terminal) output.write("\n");
      }
    },
    close: () => lines.close(),
  };
}
