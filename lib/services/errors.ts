/** The errors of a use case, independent of transport. A page or route decides how they look. */
export class ServiceError extends Error {
  /** Messages by field of the input, for the form; empty if no field is concerned. */
  readonly fieldErrors: Readonly<Record<string, string[]>>;

  constructor(message: string, fieldErrors: Record<string, string[]> = {}) {
    super(message);
    this.name = new.target.name;
    this.fieldErrors = fieldErrors;
  }
}

export class ValidationError extends ServiceError {
  constructor(fieldErrors: Record<string, string[]>) {
    super(Object.values(fieldErrors).flat().join(" "), fieldErrors);
  }
}

/** Also if it exists but the actor may not know of it. */
export class NotFoundError extends ServiceError {
  constructor(what: string) {
    super(`${what} was not found.`);
  }
}

export class ForbiddenError extends ServiceError {
  constructor(message = "You don't have permission to do this.") {
    super(message);
  }
}

/** The user may do it, but last entered the password too long ago. */
export class PasswordConfirmationError extends ServiceError {
  constructor() {
    super("Enter your password again to continue.");
  }
}

/** Nobody is signed in. */
export class UnauthenticatedError extends ServiceError {
  constructor() {
    super("Sign in first.");
  }
}
