import { Alert } from "@/components/ui/alert";

/** For someone who is signed in and meets the form all the same: the application asked for that. */
export function ReauthenticationNotice({ username, application }: { username: string; application: string }) {
  return (
    <Alert tone="info">
      You are signed in as <strong className="font-semibold">{username}</strong>, and <bdi>{application}</bdi> asks you
      to sign in again. You can also use another account.
    </Alert>
  );
}
