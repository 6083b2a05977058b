import { Alert } from "@/components/ui/alert";
import type { ApplicationErrors } from "./application-rules";
import type { ApplicationFieldName } from "./application-values";

export interface ErrorSummaryProps {
  errors: ApplicationErrors;
  /** What concerns no single field. */
  formError: string | null;
  /** Whether the form shows the field, so that a link can lead to it. */
  isShown: (name: ApplicationFieldName) => boolean;
}

/** What is wrong with the form as it was sent, above it: each message leads to its field. */
export function ErrorSummary({ errors, formError, isShown }: ErrorSummaryProps) {
  const entries = Object.entries(errors).flatMap(([name, error]) =>
    (error?.message?.split("\n") ?? []).map((message) => ({ name: name as ApplicationFieldName, message })),
  );
  if (entries.length === 0 && !formError) return null;
  return (
    <Alert tone="danger" title="Nothing was saved yet" announce>
      {formError && <p>{formError}</p>}
      <ul className="grid gap-0.5">
        {entries.map(({ name, message }) => (
          <li key={`${name} ${message}`}>
            {isShown(name) ? (
              <a
                href={`#${name}`}
                className="rounded-sm text-danger-text underline decoration-danger-line underline-offset-3 hover:decoration-current"
              >
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
