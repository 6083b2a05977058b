import { readSelection, toAskingPath, toListOf, toListPath } from "@/app/admin/_components/selection";
import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { registrationTokensPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { requirePermission } from "@/lib/services/context";
import { revokeInitialAccessTokens } from "@/lib/services/registrations/revoke-initial-access-tokens";
import { setRevocationFlash } from "../../_components/revocation-flash";
import { revoking } from "../../_components/revoking";

/** Asks whether to revoke the tokens that were selected in the list, and revokes them after that. */
export const POST = portalPost(
  async (form, request) => {
    const context = serviceContext(await getCurrentSession(), request.headers);
    requirePermission(context, "initial_access_tokens:write");
    const confirmed = form.get("ids");
    if (confirmed === undefined) {
      const [ids, list] = [[...form.getAll("id")], toListOf(registrationTokensPath, request.headers)];
      return seeOther(ids.length > 0 ? toAskingPath(revoking, ids, list) : list);
    }
    const { revoked } = await revokeInitialAccessTokens(context, { ids: readSelection(confirmed) });
    await setRevocationFlash(revoked);
    return seeOther(toListPath(registrationTokensPath, form.get("list")));
  },
  { repeated: ["id"] },
);
