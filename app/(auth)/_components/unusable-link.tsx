import type { ReactNode } from "react";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";

export interface UnusableLinkProps {
  title: string;
  explanation: ReactNode;
  advice: string;
  signIn: string;
}

/** In place of the form of a one-time link. */
export function UnusableLink({ title, explanation, advice, signIn }: UnusableLinkProps) {
  return (
    <AuthShell title={title} description={explanation}>
      <div className="grid grid-cols-1 gap-5">
        <p className="text-center">{advice}</p>
        <ButtonLink href="/login" variant="primary" size="lg" block>
          {signIn}
        </ButtonLink>
      </div>
    </AuthShell>
  );
}
