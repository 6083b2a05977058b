import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";

/** Replaces a step of a sign-in that can't continue. */
export function RequestRefused({ explanation }: { explanation: string }) {
  return (
    <AuthShell title="We couldn't complete sign-in" description={explanation}>
      <ButtonLink href="/" block size="lg">
        Go to the start page
      </ButtonLink>
    </AuthShell>
  );
}
