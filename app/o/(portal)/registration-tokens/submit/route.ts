import { getCurrentSession } from "@/lib/auth/current-session";
import { setFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { registrationTokensFlashPath, setRegistrationTokenFlash } from "@/lib/http/forms/registration-token-flash";
import { registrationTokensPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { ValidationError } from "@/lib/services/errors";
import { createInitialAccessToken } from "@/lib/services/registrations/initial-access-tokens";

export const POST = portalPost(async (form, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  const [label = "", maximumUses = "", expiresInDays = ""] = ["label", "maximum_uses", "expires_in_days"].map((name) =>
    form.get(name),
  );
  try {
    const { token } = await createInitialAccessToken(context, { label, maximumUses, expiresInDays });
    await setRegistrationTokenFlash({ label: label.trim(), token });
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const values = { label, maximum_uses: maximumUses, expires_in_days: expiresInDays };
    await setFormFlash(registrationTokensFlashPath, error, values);
    return seeOther(`${registrationTokensPath}?rejected=token#new`);
  }
  return seeOther(registrationTokensPath);
});
