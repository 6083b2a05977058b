import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";

export const metadata: Metadata = { title: "Setup link not valid" };

export default function SetupLinkNotFound() {
  return (
    <AuthShell
      title="This setup link isn’t valid"
      description="It has been used already or is incomplete. Setup links stop working once there is an administrator."
    >
      <div className="grid grid-cols-1 gap-5">
        <p>You can create an administrator at any time on the server’s own machine:</p>
        <CodeBlock title="In the server’s folder" code="npm run createsuperuser" />
        <ButtonLink href="/login" variant="primary" size="lg" block>
          Sign in
        </ButtonLink>
      </div>
    </AuthShell>
  );
}
