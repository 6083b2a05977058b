import type { Metadata } from "next";
import { Suspense } from "react";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { CodeNote } from "./_components/code-note";

export const metadata: Metadata = { title: "Page not found" };

/** Rendered along with every page in case one is missing, so it looks nothing up. */
export default function NotFound() {
  return (
    <AuthShell title="Page not found" description="There is nothing at this address.">
      <div className="grid grid-cols-1 gap-5">
        <Suspense>
          <CodeNote />
        </Suspense>
        <ButtonLink href="/" block size="lg">
          Go to the start page
        </ButtonLink>
      </div>
    </AuthShell>
  );
}
