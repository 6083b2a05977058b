import { Alert } from "@/components/ui/alert";

/** For users whom an application has sent to create an account (Initiating User Registration via OpenID Connect). */
export function NoSelfSignUpNotice() {
  return (
    <Alert tone="info" title="No account yet?">
      Accounts on this server are created by its administrators. Ask them for one.
    </Alert>
  );
}
