import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { registrationTokensFlashPath, setRegistrationTokenFlash } from "@/lib/http/forms/registration-token-flash";
import { submitForm } from "@/lib/http/forms/submit-form";
import { registrationTokensPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { createInitialAccessToken } from "@/lib/services/registrations/create-initial-access-token";

export const POST = portalPost(async (form, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  const [label = "", maximumUses = "", expiresInDays = ""] = ["label", "maximum_uses", "expires_in_days"].map((name) =>
    form.get(name),
  );
  const values = { label, maximum_uses: maximumUses, expires_in_days: expiresInDays };
  const rejected = `${registrationTokensPath}?rejected=token#new`;
  return submitForm({ page: registrationTokensFlashPath, rejected, values }, async () => {
    const { token } = await createInitialAccessToken(context, {
      label,
      maximumUses: Number(maximumUses),
      expiresInDays: Number(expiresInDays),
    });
    await setRegistrationTokenFlash({ label: label.trim(), token });
    return registrationTokensPath;
  });
});
