import type { Metadata } from "next";
import { AuthShell } from "@/components/layout/auth-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { devicePath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { UserCodeField } from "./_components/user-code-field";

export const metadata: Metadata = { title: "Connect a device" };

/** RFC 8628 §3.3. With `verification_uri_complete` the code is filled in, but the user still has to submit it. */
export default async function DevicePage({ searchParams }: { searchParams: SearchParams }) {
  const brought = readOne(await searchParams, "user_code");
  const rejected = brought === undefined ? await readFormFlash(devicePath) : null;
  return (
    <AuthShell
      title="Connect a device"
      description="Your device shows a code. Enter it here to let the device use your account."
      footer="Never enter a code that someone sent you. It would connect their device to your account."
    >
      <NativeForm action={`${devicePath}/submit`} csrf={await getCsrfToken()} className="grid grid-cols-1 gap-5">
        <UserCodeField
          value={(brought ?? rejected?.values.user_code ?? "").slice(0, 50)}
          error={rejected?.fieldErrors.user_code?.join(" ")}
        />
        <Button type="submit" variant="primary" size="lg" block>
          Continue
        </Button>
      </NativeForm>
    </AuthShell>
  );
}
