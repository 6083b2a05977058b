import { Alert } from "@/components/ui/alert";

/** For signed-in users who still see the form because the application asked for it. */
export function ReauthenticationNotice({ username, application }: { username: string; application: string }) {
  return (
    <Alert tone="info">
      You are signed in as <strong className="font-semibold">{username}</strong>, and <bdi>{application}</bdi> asks you
      to sign in again. You can also use another account.
    </Alert>
  );
}
