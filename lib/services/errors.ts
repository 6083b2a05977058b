import type { Messages } from "@/lib/messages/catalog";
import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem, describeProblems, problem, type ReadText } from "@/lib/messages/problem";

/** What can be missing: the keys of its sentences. */
export type Missing = keyof Messages["problems"]["notFound"];

type FieldProblems = Readonly<Record<string, readonly string[]>>;

/**
 * The errors of a use case, independent of transport. They carry problems, not sentences; `message` and `fieldErrors`
 * say them in English, for commands, logs and answers of the protocol. A page or route decides how they look, and in
 * which language (`translate`).
 */
export class ServiceError extends Error {
  /** In English, by field of the input, for the form; empty if no field is concerned. */
  readonly fieldErrors: Readonly<Record<string, string[]>>;
  /** Null: it is those of the fields. */
  readonly #problem: string | null;
  readonly #fieldProblems: FieldProblems;

  constructor(what: string | null, fieldProblems: FieldProblems = {}) {
    super(summarize(what, fieldProblems, inEnglish));
    this.name = new.target.name;
    this.fieldErrors = describeProblems(fieldProblems, inEnglish);
    this.#problem = what;
    this.#fieldProblems = fieldProblems;
  }

  /** The same in the language of `read`. */
  translate(read: ReadText): { message: string; fieldErrors: Record<string, string[]> } {
    return {
      message: summarize(this.#problem, this.#fieldProblems, read),
      fieldErrors: describeProblems(this.#fieldProblems, read),
    };
  }

  /** What is wrong with each field, before it is said in a language. */
  get fieldProblems(): FieldProblems {
    return this.#fieldProblems;
  }
}

function summarize(what: string | null, fieldProblems: FieldProblems, read: ReadText): string {
  if (what !== null) return describeProblem(what, read);
  return Object.values(describeProblems(fieldProblems, read)).flat().join(" ");
}

export class ValidationError extends ServiceError {
  constructor(fieldProblems: FieldProblems) {
    super(null, fieldProblems);
  }
}

/** Also if it exists but the actor may not know of it. */
export class NotFoundError extends ServiceError {
  constructor(what: Missing) {
    super(problem(`problems.notFound.${what}`));
  }
}

export class ForbiddenError extends ServiceError {
  constructor(what: string = problem("problems.noPermission")) {
    super(what);
  }
}

/** The user may do it, but last entered the password too long ago. */
export class PasswordConfirmationError extends ServiceError {
  constructor() {
    super(problem("problems.confirmPassword"));
  }
}

/** Nobody is signed in. */
export class UnauthenticatedError extends ServiceError {
  constructor() {
    super(problem("problems.signIn"));
  }
}
