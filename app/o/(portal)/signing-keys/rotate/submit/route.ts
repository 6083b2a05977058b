import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { signingKeysPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { rotateSigningKeys } from "@/lib/services/signing-keys/rotate-signing-keys";

export const POST = portalPost(async (form, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  const algorithm = form.get("algorithm") ?? "";
  await rotateSigningKeys(context, { algorithms: [algorithm] });
  return seeOther(`${signingKeysPath}?${new URLSearchParams({ rotated: algorithm })}`);
});
