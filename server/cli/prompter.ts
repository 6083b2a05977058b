import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { UserError } from "../user-error";

/** Asks questions at a terminal, or reads the answers line by line from a pipe. */
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

  // Lines of a pipe may arrive faster than the questions; those that nobody waits for are kept.
  const unread: string[] = [];
  let waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | null = null;
  let isClosed = false;
  const cancel = () => waiting?.reject(new UserError("\nCancelled."));
  lines.on("line", (line) => {
    if (waiting) waiting.resolve(line);
    else unread.push(line);
    // The asker runs only later; a second line may come before.
    waiting = null;
  });
  lines.on("SIGINT", cancel);
  lines.on("close", () => {
    isClosed = true;
    cancel();
  });

  return {
    async ask(question, { hidden = false } = {}) {
      // As the prompt of the line editor: it redraws the line together with what stands before it.
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
