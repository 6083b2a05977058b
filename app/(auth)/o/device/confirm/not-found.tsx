import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { devicePath } from "@/lib/http/paths";

export const metadata: Metadata = { title: "No device waits here" };

export default function DeviceNotFound() {
  return (
    <AuthShell
      title="No device waits here"
      description="It has been answered already, its code is too old, or the code was entered in another browser or by someone else."
    >
      <ButtonLink href={devicePath} variant="primary" size="lg" block>
        Enter the code again
      </ButtonLink>
    </AuthShell>
  );
}
