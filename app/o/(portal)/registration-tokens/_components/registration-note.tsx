import { Alert } from "@/components/ui/alert";
import { getTexts } from "@/lib/messages/request-locale";
import type { Settings } from "@/lib/settings";

/** What a token allows with this server's configuration. */
export async function RegistrationNote({ mode }: { mode: Settings["dynamicRegistration"] }) {
  const t = await getTexts("initialAccessTokens");
  if (mode === "off") {
    return (
      <Alert tone="info" title={t("mode.off.title")}>
        {t.rich("mode.off.text", { token: () => <Setting value="token" /> })}
      </Alert>
    );
  }
  if (mode === "open") {
    return (
      <Alert tone="warning" title={t("mode.open.title")}>
        {t.rich("mode.open.text", {
          open: () => <Setting value="open" />,
          token: () => <Setting value="token" />,
        })}
      </Alert>
    );
  }
  return null;
}

function Setting({ value }: { value: string }) {
  return <code className="font-mono text-note">DYNAMIC_REGISTRATION={value}</code>;
}
