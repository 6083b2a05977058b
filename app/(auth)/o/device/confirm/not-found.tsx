import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { devicePath } from "@/lib/http/paths";

export const metadata: Metadata = { title: "No device is waiting" };

export default function DeviceNotFound() {
  return (
    <AuthShell
      title="No device is waiting"
      description="The request was already answered, the code has expired, or it was entered in another browser or by another user."
    >
      <ButtonLink href={devicePath} variant="primary" size="lg" block>
        Enter the code again
      </ButtonLink>
    </AuthShell>
  );
}
