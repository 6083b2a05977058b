import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import type { RedirectTarget } from "./redirect-target";

/** Where the browser goes after either answer. */
export function WhatHappensNext({ target }: { target: RedirectTarget }) {
  return (
    <p className="border-t border-line pt-4 text-[0.8125rem] text-muted">You’ll return to {describeTarget(target)}</p>
  );
}

function describeTarget(target: RedirectTarget): ReactNode {
  switch (target.kind) {
    case "site":
      return (
        <>
          <Name>{target.host}</Name>.
        </>
      );
    case "loopback":
      return (
        <>
          <Name>{target.host}</Name> (this device).
        </>
      );
    case "app":
      return (
        <>
          the app on this device that opens <Name>{target.scheme}</Name> links.
        </>
      );
  }
}

function Name({ children }: { children: string }) {
  return <strong className="font-medium wrap-anywhere text-text">{children}</strong>;
}

/** RFC 7591 §5: nothing that such an application says about itself has been verified, its name included. */
export function SelfRegistered({ application }: { application: string }) {
  return (
    <Alert tone="warning" title="This application is not verified">
      Who is behind the name <bdi>{application}</bdi> has not been checked. Continue only if you trust it.
    </Alert>
  );
}

/** RFC 8252 §8.6: nothing stops another program on the device from impersonating the app. */
export function UnprovenApp() {
  return (
    <Alert tone="warning" title="This app can’t prove its name">
      It runs on your device. Continue only if you have just started it yourself.
    </Alert>
  );
}
