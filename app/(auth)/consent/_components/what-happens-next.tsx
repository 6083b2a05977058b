import type { ReactNode } from "react";
import { bdi } from "@/components/texts/rich-tags";
import { Alert } from "@/components/ui/alert";
import { getTexts } from "@/lib/messages/request-locale";
import type { RedirectTarget } from "./redirect-target";

/** Where the browser goes after either answer. */
export async function WhatHappensNext({ target }: { target: RedirectTarget }) {
  return <p className="border-t border-line pt-4 text-note text-muted">{await describeTarget(target)}</p>;
}

async function describeTarget(target: RedirectTarget): Promise<ReactNode> {
  const t = await getTexts("consent");
  switch (target.kind) {
    case "site":
      return t.rich("destination.site", { host: target.host, name });
    case "loopback":
      return t.rich("destination.loopback", { host: target.host, name });
    case "app":
      return t.rich("destination.app", { scheme: target.scheme, name });
  }
}

function name(chunks: ReactNode): ReactNode {
  return <strong className="font-medium wrap-anywhere text-text">{chunks}</strong>;
}

/** RFC 7591 §5: nothing that such an application says about itself has been verified, its name included. */
export async function SelfRegistered({ application }: { application: string }) {
  const t = await getTexts("consent");
  return (
    <Alert tone="warning" title={t("selfRegistered.title")}>
      {t.rich("selfRegistered.advice", { application, bdi })}
    </Alert>
  );
}

/** RFC 8252 §8.6: nothing stops another program on the device from impersonating the app. */
export async function UnprovenApp() {
  const t = await getTexts("consent");
  return (
    <Alert tone="warning" title={t("unprovenApp.title")}>
      {t("unprovenApp.advice")}
    </Alert>
  );
}
