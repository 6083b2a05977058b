import { Alert } from "@/components/ui/alert";

/** For someone whom an application has sent to make an account (Initiating User Registration via OpenID Connect). */
export function AccountsAreGiven() {
  return (
    <Alert tone="info" title="No account yet?">
      The administrators of this server make the accounts. Ask them for one; if you have one, sign in with it.
    </Alert>
  );
}
