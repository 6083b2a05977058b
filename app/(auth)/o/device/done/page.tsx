import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { ConnectionMark } from "@/components/layout/connection-mark";
import { ButtonLink } from "@/components/ui/button";
import { readDeviceAnswer } from "@/lib/http/pages/device";
import { devicePath } from "@/lib/http/paths";

export const metadata: Metadata = { title: "Device" };

export default async function DeviceDonePage() {
  const answer = await readDeviceAnswer();
  if (!answer) redirect(devicePath);
  const { application, decision } = answer;
  if (decision === "denied") {
    return (
      <AuthShell
        title={
          <>
            <bdi>{application}</bdi> was not connected
          </>
        }
        description="The device gets no access to your account. You can close this page."
      >
        <ButtonLink href="/" block size="lg">
          Go to the start page
        </ButtonLink>
      </AuthShell>
    );
  }
  return (
    <AuthShell
      visual={<ConnectionMark name={application} />}
      title={
        <>
          <bdi>{application}</bdi> is connected
        </>
      }
      description="You can go back to your device. It continues within a few seconds."
    >
      <ButtonLink href="/o/authorized_tokens/" block size="lg">
        See authorized applications
      </ButtonLink>
    </AuthShell>
  );
}
