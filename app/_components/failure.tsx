import { AuthShell } from "@/components/layout/auth-shell";
import { useTexts } from "@/components/texts/use-texts";
import { Button } from "@/components/ui/button";

export interface FailureProps {
  /** The error that React caught; its `digest` is in the server's log too. */
  error: unknown;
  retry: () => void;
}

/** Says that something failed, not through the reader's fault, and how to continue. */
export function Failure({ error, retry }: FailureProps) {
  const t = useTexts("failure");
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <AuthShell title={t("title")} description={t("explanation")}>
      <div className="grid grid-cols-1 gap-3">
        {reference && (
          <p className="rounded-md border border-line bg-sunken px-3.5 py-3 text-note text-muted">
            {t("reference")} <code className="font-mono text-text select-all">{reference}</code>
            <br />
            {t("referenceUse")}
          </p>
        )}
        <Button variant="primary" size="lg" block onClick={() => retry()}>
          {t("retry")}
        </Button>
        {/* A plain link: the router may be what failed. */}
        <a href="/" className="justify-self-center rounded-sm px-2 py-2 font-medium text-accent-text hover:underline">
          {t("start")}
        </a>
      </div>
    </AuthShell>
  );
}
