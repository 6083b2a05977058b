import { bdi } from "@/components/texts/rich-tags";
import { Alert } from "@/components/ui/alert";
import { getTexts } from "@/lib/messages/request-locale";

/** For signed-in users who still see the form because the application asked for it. */
export async function ReauthenticationNotice({ username, application }: { username: string; application: string }) {
  const t = await getTexts("login");
  return (
    <Alert tone="info">
      {t.rich("reauthentication", {
        username,
        name: (chunks) => (
          <strong className="font-semibold">
            <bdi>{chunks}</bdi>
          </strong>
        ),
        application,
        bdi,
      })}
    </Alert>
  );
}
