"use client";

import { useSearchParams } from "next/navigation";
import { Alert } from "@/components/ui/alert";

/** For developers who try the flow before they have an application to return to. The code stays in the address bar. */
export function CodeNote() {
  if (!useSearchParams().has("code")) return null;
  return (
    <Alert tone="info" title="Did an application send you here?">
      Then the authorization code for it is in the address bar. It can be redeemed once, and for a short time only.
    </Alert>
  );
}
