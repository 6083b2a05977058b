import { InvalidRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

const maximumLength = 4096;

/** A value that is only passed through (RFC 6749 Appendix A.5). It may not contain control characters. */
export function checkText(parameters: Parameters, name: string): string | null {
  const value = parameters.get(name);
  if (value === undefined) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  if (value.length > maximumLength || /[\u0000-\u001f\u007f]/.test(value)) {
    throw new InvalidRequestError(`The parameter ${name} is too long or has control characters.`);
  }
  return value;
}
