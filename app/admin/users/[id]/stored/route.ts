import { clearResetLinkFlash } from "@/lib/http/forms/reset-link-flash";
import { clearTemporaryPasswordFlash } from "@/lib/http/forms/temporary-password-flash";
import { userPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { userPost } from "../_components/user-route";

/** "I've stored it": deletes the only copy, in this browser's cookie. */
export const POST = userPost(async (_form, { id }) => {
  await clearTemporaryPasswordFlash(id);
  await clearResetLinkFlash(id, "first-link");
  return seeOther(userPath(id));
});
