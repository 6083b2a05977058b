import { Alert } from "@/components/ui/alert";
import type { Settings } from "@/lib/settings";

/** What a token allows with this server's configuration. */
export function RegistrationNote({ mode }: { mode: Settings["dynamicRegistration"] }) {
  if (mode === "off") {
    return (
      <Alert tone="info" title="Dynamic registration is off">
        You can create tokens, but registration is turned off. To let programs register with a token, start the server
        with <Setting value="token" />.
      </Alert>
    );
  }
  if (mode === "open") {
    return (
      <Alert tone="warning" title="Anyone can register applications">
        This server runs with <Setting value="open" />, so no token is needed. To require one, start it with{" "}
        <Setting value="token" />.
      </Alert>
    );
  }
  return null;
}

function Setting({ value }: { value: string }) {
  return <code className="font-mono text-[0.8125rem]">DYNAMIC_REGISTRATION={value}</code>;
}
