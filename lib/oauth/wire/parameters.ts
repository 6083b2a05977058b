import { InvalidRequestError } from "./errors";

/** Parameters that their specification allows to be repeated (RFC 8707 §2). */
const repeatable = new Set(["resource"]);

/**
 * The parameters of one request. An empty value counts as absent, an unknown one is ignored (RFC 6749 §3.1), a repeated
 * one is refused by `refuseRepeated`, which comes second so that a caller can still read what was sent.
 */
export class Parameters {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  private constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  /**
   * Parses `application/x-www-form-urlencoded` text, strictly: a broken percent-encoding or bytes that aren't UTF-8 are
   * an `invalid_request`, where `URLSearchParams` would quietly replace them.
   */
  static parse(text: string): Parameters {
    const values = new Map<string, string[]>();
    for (const pair of text.split("&")) {
      if (pair === "") continue;
      const separator = pair.indexOf("=");
      const name = decode(separator < 0 ? pair : pair.slice(0, separator));
      const value = decode(separator < 0 ? "" : pair.slice(separator + 1));
      if (value === "") continue;
      const list = values.get(name);
      if (list) list.push(value);
      else values.set(name, [value]);
    }
    return new Parameters(values);
  }

  get(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  getAll(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Every name with each of its values. */
  *entries(): Generator<[name: string, value: string]> {
    for (const [name, list] of this.#values) for (const value of list) yield [name, value];
  }

  /** For a form of our own, which sends known fields only: any other means that it was tampered with. */
  refuseOthersThan(names: readonly string[]): void {
    for (const name of this.#values.keys()) {
      if (!names.includes(name)) throw new InvalidRequestError("The form has a field that does not belong to it.");
    }
  }

  /**
   * RFC 6749 §3.1, §3.2: parameters MUST NOT be included more than once. `allowed` are those of a form of our own that
   * may be.
   */
  refuseRepeated(allowed: readonly string[] = []): void {
    for (const [name, list] of this.#values) {
      if (list.length > 1 && !repeatable.has(name) && !allowed.includes(name)) {
        throw new InvalidRequestError("A parameter is included more than once.");
      }
    }
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new InvalidRequestError("The parameters are not correctly percent-encoded.");
  }
}
