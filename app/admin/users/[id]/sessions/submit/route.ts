import { setNotice } from "@/lib/http/forms/notice";
import { userPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { signOutUser } from "@/lib/services/users/manage/sign-out-users";
import { endUserSession } from "@/lib/services/users/manage/user-sessions";
import { userPost } from "../../_components/user-route";

/** Ends one session, or all of them with everything that applications hold for the user. */
export const POST = userPost(async (form, { id, page, context }) => {
  const all = form.get("all") === "on";
  if (all) await signOutUser(context, { id });
  else await endUserSession(context, { id, sessionId: form.get("session_id") ?? "" });
  await setNotice(page, all ? "sessions-ended" : "session-ended");
  return seeOther(userPath(id, "sessions/"));
});
