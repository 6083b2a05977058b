import { useTexts } from "@/components/texts/use-texts";
import { Alert } from "@/components/ui/alert";

export interface ErrorSummaryProps<Name extends string> {
  /** By field name; several messages of one field are separate lines. */
  errors: { readonly [name in Name]?: { message?: string } };
  /** What belongs to no single field. */
  formError: string | null;
  /** Whether the form shows the field, so that a link can lead to it; by default it shows all. */
  isShown?: (name: Name) => boolean;
}

/** The errors of the submitted form, above it: each message links to its field. */
export function ErrorSummary<Name extends string>({
  errors,
  formError,
  isShown = () => true,
}: ErrorSummaryProps<Name>) {
  const t = useTexts("browser");
  const names = Object.keys(errors) as Name[];
  const entries = names.flatMap((name) => (errors[name]?.message?.split("\n") ?? []).map((line) => ({ name, line })));
  if (entries.length === 0 && !formError) return null;
  return (
    <Alert tone="danger" title={t("notSaved")} announce>
      {formError && <p>{formError}</p>}
      <ul className="grid gap-0.5">
        {entries.map(({ name, line }) => (
          <li key={`${name} ${line}`}>
            {isShown(name) ? (
              <a
                href={`#${name}`}
                className="rounded-sm text-danger-text underline decoration-danger-line underline-offset-3 hover:decoration-current"
              >
                {line}
              </a>
            ) : (
              line
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
