import { Alert } from "@/components/ui/alert";
import type { FormErrors } from "./form-errors";

export interface ErrorSummaryProps {
  errors: FormErrors;
  /** What concerns no single field. */
  formError: string | null;
}

/** What is wrong with the form as it was sent, above it: each message leads to its field. */
export function ErrorSummary({ errors, formError }: ErrorSummaryProps) {
  const entries = Object.entries(errors).flatMap(([name, { message = "" }]) =>
    message.split("\n").map((line) => ({ name, line })),
  );
  if (entries.length === 0 && !formError) return null;
  return (
    <Alert tone="danger" title="Nothing was saved yet" announce>
      {formError && <p>{formError}</p>}
      <ul className="grid gap-0.5">
        {entries.map(({ name, line }) => (
          <li key={`${name} ${line}`}>
            <a
              href={`#${name}`}
              className="rounded-sm text-danger-text underline decoration-danger-line underline-offset-3 hover:decoration-current"
            >
              {line}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** The messages of one field, each on its own line. */
export function ErrorLines({ message }: { message: string }) {
  return message.split("\n").map((line) => (
    <span key={line} className="block">
      {line}
    </span>
  ));
}
