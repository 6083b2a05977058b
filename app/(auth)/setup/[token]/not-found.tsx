import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";

export const metadata: Metadata = { title: "Set-up link not valid" };

export default function SetupLinkNotFound() {
  return (
    <AuthShell
      title="This set-up link doesn’t work"
      description="It was used already, or it isn’t complete. Once there is an administrator, no set-up link works."
    >
      <div className="grid grid-cols-1 gap-5">
        <p>Whoever runs the server can make an administrator at any time, on its machine:</p>
        <CodeBlock title="In the server’s folder" code="npm run createsuperuser" />
        <ButtonLink href="/login" variant="primary" size="lg" block>
          Sign in
        </ButtonLink>
      </div>
    </AuthShell>
  );
}
