import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { UserError } from "../user-error";
import { createPrompter } from "./prompter";

function openPrompter() {
  const input = new PassThrough();
  const output = new PassThrough();
  const prompter = createPrompter(input as unknown as typeof process.stdin, output as unknown as typeof process.stdout);
  return { input, prompter, readOutput: () => String(output.read() ?? "") };
}

test("takes lines that all arrive before the questions", async () => {
  const { input, prompter, readOutput } = openPrompter();
  input.end("ada\nada@example.com\nsecret one\nsecret two\n");
  const answers = [];
  for (const question of ["Username: ", "Email address: "]) answers.push(await prompter.ask(question));
  for (const question of ["Password: ", "Password (again): "]) {
    answers.push(await prompter.ask(question, { hidden: true }));
  }
  expect(answers).toEqual(["ada", "ada@example.com", "secret one", "secret two"]);
  expect(readOutput()).toBe("Username: \nEmail address: \nPassword: \nPassword (again): \n");
});

test("takes lines as they arrive", async () => {
  const { input, prompter } = openPrompter();
  const first = prompter.ask("Username: ");
  input.write("ada\n");
  expect(await first).toBe("ada");
  const second = prompter.ask("Email address: ");
  input.write("ada@example.com\n");
  expect(await second).toBe("ada@example.com");
  prompter.close();
});

test("says so if the input ends before the answers", async () => {
  const { input, prompter } = openPrompter();
  const first = prompter.ask("Username: ");
  input.end("ada\n");
  expect(await first).toBe("ada");
  await expect(prompter.ask("Email address: ")).rejects.toThrow(UserError);
});

test("a pending question ends with the input", async () => {
  const { input, prompter } = openPrompter();
  const question = prompter.ask("Username: ");
  input.end();
  await expect(question).rejects.toThrow("Cancelled");
});
