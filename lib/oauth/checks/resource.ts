import { InvalidTargetError } from "../errors";
import type { Parameters } from "../parameters";

/** RFC 8707 §2: no resource is registered with this server, so each one that is named is unknown to it. */
export function checkResource(parameters: Parameters): void {
  if (parameters.has("resource")) throw new InvalidTargetError();
}
