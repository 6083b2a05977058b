import { InvalidRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

export const knownPrompts: readonly string[] = ["none", "login", "consent", "select_account", "create"];

export interface CheckedPrompt {
  prompts: readonly string[];
  approvalPrompt: "auto" | "force";
}

/** OpenID Connect Core §3.1.2.1 `prompt`, and the `approval_prompt` of Django OAuth Toolkit. */
export function checkPrompt(parameters: Parameters): CheckedPrompt {
  const prompts = [...new Set((parameters.get("prompt") ?? "").split(" ").filter((value) => value !== ""))];
  if (!prompts.every((prompt) => knownPrompts.includes(prompt))) {
    throw new InvalidRequestError("The parameter prompt has a value that is not supported.");
  }
  if (prompts.includes("none") && prompts.length > 1) {
    throw new InvalidRequestError("The prompt none goes with no other value.");
  }
  const approvalPrompt = parameters.get("approval_prompt") ?? "auto";
  if (approvalPrompt !== "auto" && approvalPrompt !== "force") {
    throw new InvalidRequestError("The parameter approval_prompt must be auto or force.");
  }
  return { prompts, approvalPrompt };
}
